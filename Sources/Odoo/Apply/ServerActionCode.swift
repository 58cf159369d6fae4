public import JSON

/// The code of the server action with which a confirmation is applied in one transaction.
///
/// An administrator makes it once (`tallyman odoo action`); it runs with the rights of the agent's
/// user, except for the keys in `ir.model.data`, of which only those of the module `__tallyman__`
/// are touched. It uses what Odoo's `safe_eval` allows in 17, 18 and 19: no `def`, no `import`, no
/// comprehensions and no formatted strings, for which newer Pythons have codes of their own.
///
/// Two operations, chosen by `tallyman_op` in the context:
/// * `look` reads the transfer (`tallyman_spec`, as of `web_read`), the lots and packages that are
///   asked for, and a `stamp` that changes with every change of the transfer, its moves and lines.
/// * `apply` makes packages and lines, writes, validates, and answers the transfer as it is
///   afterwards; only if the stamp is still the same, and only once for a key.
public enum ServerActionCode {
  /// The version that the first line names and `look` answers.
  public static let version = 1

  /// The action's name in Odoo.
  public static let name = "Tallyman: apply a confirmation"

  /// A look at nothing: shows whether an action is this one before a transfer is named to it.
  public static func probe(_ action: Int) -> OdooCall {
    OdooCall(
      "ir.actions.server",
      "run",
      ids: [action],
      context: [
        "tallyman_op": "look", "tallyman_picking": 0, "tallyman_key": "probe", "tallyman_spec": [:],
      ],
      writes: false
    )
  }

  /// Why an action that was probed cannot be used, as a sentence with what to do; nil if it can.
  public static func problem(_ action: Int, _ answer: Result<JSON, OdooFailure>) -> String? {
    switch answer {
    case .success(let json) where json["tallyman"] == "look":
      guard json["version"]?.int != version else { return nil }
      return "Server action \(action) is of another version (\(json["version"]?.text ?? "none")); "
        + "put the new code into it: tallyman odoo action"
    case .success:
      return "Server action \(action) is another one than Tallyman's; compare its id with the one "
        + "that Odoo shows, or make it anew: tallyman odoo action"
    case .failure(let failure):
      switch failure.kind {
      case .missing: return "Odoo has no server action \(action) any more: tallyman odoo action"
      case .forbidden:
        return "The user may not run server action \(action); give it the group Inventory / User: "
          + "tallyman odoo action"
      default:
        return
          "Server action \(action) fails (\(failure.name): \(failure.message)); put the newest "
          + "code into it: tallyman odoo action"
      }
    }
  }

  /// The code, as it is put into the field `code` of `ir.actions.server`.
  ///
  /// - Parameter packageModel: The model of packages in the database's version.
  public static func code(packageModel: String) -> String {
    python.replacing("PACKAGE_MODEL", with: packageModel)
  }

  private static let python = """
    # Tallyman apply v1
    # Makes what was confirmed on the floor true in one transaction, once for each key.
    # Do not edit; "tallyman odoo action" prints the newest version.
    ctx = env.context
    transfer = env['stock.picking'].search([('id', '=', ctx.get('tallyman_picking'))])
    key = ctx.get('tallyman_key')
    keys = env['ir.model.data'].sudo()
    earlier = keys.search([('module', '=', '__tallyman__'), ('name', '=like', key + '_c%')])
    stamp = []
    for records in [transfer, transfer.move_ids, transfer.move_line_ids]:
        for record in records:
            stamp.append(str(record.id) + '@' + str(record.write_date))
    stamp = ' '.join(stamp)
    known = []
    for record in earlier:
        known.append([record.name, record.res_id])
    if ctx.get('tallyman_op') == 'look':
        action = {
            'tallyman': 'look',
            'version': 1,
            'stamp': stamp,
            'keys': known,
            'records': transfer.web_read(ctx.get('tallyman_spec')),
            'lots': env['stock.lot'].search_read(
                ctx.get('tallyman_lots'), ['name', 'product_id', 'company_id'],
                order='id', load=None,
            ) if ctx.get('tallyman_lots') else [],
            'packages': env['PACKAGE_MODEL'].search_read(
                ctx.get('tallyman_packages'), ctx.get('tallyman_package_fields'),
                order='id', load=None,
            ) if ctx.get('tallyman_packages') else [],
        }
    elif earlier:
        action = {'tallyman': 'replay', 'keys': known}
    elif not transfer or transfer.state in ('done', 'cancel') or stamp != ctx.get('tallyman_stamp'):
        action = {'tallyman': 'changed'}
    else:
        keys.create({
            'module': '__tallyman__',
            'name': key + '_c' + ctx.get('tallyman_hash'),
            'model': 'stock.picking',
            'res_id': transfer.id,
            'noupdate': True,
        })
        made = {}
        for reference, vals in ctx.get('tallyman_new_packages') or []:
            made[reference] = env['PACKAGE_MODEL'].create(dict(vals)).id
        for package, vals, container in ctx.get('tallyman_package_vals') or []:
            vals = dict(vals)
            if container:
                vals['package_dest_id'] = made[container]
            env['PACKAGE_MODEL'].browse(made[package] if package in made else package).write(vals)
        commands = []
        for line, vals, package in ctx.get('tallyman_lines') or []:
            vals = dict(vals)
            if package:
                vals['result_package_id'] = made[package]
            commands.append([1, line, vals] if line else [0, 0, vals])
        vals = dict(ctx.get('tallyman_vals') or {})
        vals['move_line_ids'] = commands
        transfer.write(vals)
        answer = transfer.with_context(
            skip_backorder=True,
            skip_sms=True,
            skip_expired=True,
            picking_ids_not_to_backorder=ctx.get('tallyman_no_backorder') or [],
        ).button_validate()
        if transfer.state != 'done':
            question = answer.get('res_model') if isinstance(answer, dict) else answer
            raise UserError('tallyman: question ' + str(question))
        action = {'tallyman': 'done', 'records': transfer.web_read(ctx.get('tallyman_spec'))}
    """
}

/// The declarations of all models, and which of their fields exist in which version.
enum Models {
  static func all(
    _ version: OdooVersion,
    without absent: Set<SimulatorModule> = []
  ) -> [String: Model] {
    var models: [String: Model] = [:]
    for (name, title, order, text) in stock(version) + products(version) + base(version) {
      if absent.contains(where: { $0.models.contains(name) }) { continue }
      models[name] = Model(
        name,
        title,
        order: order,
        version: version,
        without: absent,
        text
      )
    }
    return models
  }

  typealias Declaration = (name: String, title: String, order: String, text: String)

  static func base(_ version: OdooVersion) -> [Declaration] {
    [
      (
        "res.users", "User", "name,login",
        """
        name char required
        login char required
        password char computed
        active boolean
        email char
        partner_id many2one res.partner
        company_id many2one res.company
        company_ids many2many res.company
        groups_id many2many res.groups @-18
        group_ids many2many res.groups @19+
        lang char
        tz char
        """
      ),
      (
        "res.groups", "Access Groups", "name",
        """
        name char required
        full_name char
        """
      ),
      (
        "res.company", "Companies", "name",
        """
        name char required
        partner_id many2one res.partner
        nomenclature_id many2one barcode.nomenclature
        stock_move_sms_validation boolean @-18
        stock_text_confirmation boolean @19+
        has_received_warning_stock_sms boolean
        """
      ),
      (
        "res.partner", "Contact", "name",
        """
        name char
        email char
        phone char
        mobile char @-18
        street char
        city char
        zip char
        active boolean
        company_id many2one res.company
        """
      ),
      (
        "res.users.apikeys", "Users API Keys", "id",
        """
        name char required
        user_id many2one res.users
        scope char
        expiration_date datetime @18+
        """
      ),
      (
        "res.users.apikeys.description", "API Key Description", "id",
        """
        name char required
        duration char @18+
        expiration_date datetime @18+
        """
      ),
      (
        "res.users.identitycheck", "Password Check Wizard", "id",
        """
        password char
        """
      ),
      (
        "ir.model.data", "Model Data", "module,model,name",
        """
        module char required
        name char required
        model char required
        res_id integer
        noupdate boolean
        """
      ),
      (
        "ir.model", "Models", "model",
        """
        name char required
        model char required
        """
      ),
      (
        "ir.actions.server", "Server Action", "id",
        """
        name char required
        model_id many2one ir.model
        state char
        code text
        groups_id many2many res.groups @-18
        group_ids many2many res.groups @19+
        """
      ),
      (
        "ir.config_parameter", "System Parameter", "key",
        """
        key char required
        value text
        """
      ),
      (
        "decimal.precision", "Decimal Precision", "id",
        """
        name char
        digits integer
        """
      ),
      (
        "mail.thread", "Email Thread", "id", ""
      ),
    ]
  }

  static func products(_ version: OdooVersion) -> [Declaration] {
    [
      (
        "product.template", "Product", "name",
        """
        name char required
        """
      ),
      (
        "product.product", "Product Variant", "default_code,name,id",
        """
        name char required
        default_code char
        barcode char
        tracking selection none|lot|serial
        uom_id many2one uom.uom
        weight float
        volume float
        type selection consu|service|product|combo
        detailed_type selection consu|service|product @17
        is_storable boolean @18+
        active boolean
        use_expiration_date boolean
        categ_id many2one product.category
        product_tmpl_id many2one product.template
        packaging_ids one2many product.packaging product_id @-18
        uom_ids many2many uom.uom @19+
        product_uom_ids one2many product.uom product_id @19+
        qty_available quantity computed
        company_id many2one res.company
        list_price float
        """
      ),
      ("product.category", "Product Category", "name", "name char required"),
    ]
      + (version < .v19
        ? [
          (
            "product.packaging", "Product Packaging", "product_id,id",
            """
            name char required
            barcode char
            product_id many2one product.product index
            qty quantity
            product_uom_id many2one uom.uom
            package_type_id many2one stock.package.type
            company_id many2one res.company
            """
          )
        ]
        : [
          (
            "product.uom", "Link between products and their UoMs", "id",
            """
            barcode char required
            product_id many2one product.product index
            uom_id many2one uom.uom
            company_id many2one res.company
            """
          )
        ]) + [
        (
          "uom.uom", "Product Unit of Measure", "id",
          """
          name char required
          factor float
          rounding float
          active boolean
          category_id many2one uom.category @-18
          uom_type selection bigger|reference|smaller @-18
          factor_inv float @-18
          relative_factor float @19+
          relative_uom_id many2one uom.uom @19+
          package_type_id many2one stock.package.type @19+
          """
        ),
        ("uom.category", "Product UoM Categories", "id", "name char required"),
        (
          "delivery.carrier", "Shipping Methods", "id",
          """
          name char required
          delivery_type selection fixed|base_on_rule|dhl_rest|sendcloud
          integration_level selection rate|rate_and_ship
          active boolean
          product_id many2one product.product
          fixed_price float
          """
        ),
        (
          "barcode.nomenclature", "Barcode Nomenclature", "id",
          """
          name char required
          rule_ids one2many barcode.rule barcode_nomenclature_id
          upc_ean_conv selection none|ean2upc|upc2ean|always
          is_gs1_nomenclature boolean
          gs1_separator_fnc1 char
          """
        ),
        (
          "barcode.rule", "Barcode Rule", "sequence,id",
          """
          name char required
          barcode_nomenclature_id many2one barcode.nomenclature index
          sequence integer
          encoding selection any|ean13|ean8|upca|gs1-128
          type char
          pattern char required
          alias char
          gs1_content_type selection date|measure|identifier|alpha
          gs1_decimal_usage boolean
          associated_uom_id many2one uom.uom
          """
        ),
        (
          "sale.order", "Sales Order", "date_order desc,id desc",
          """
          name char required
          state selection draft|sent|sale|cancel
          partner_id many2one res.partner
          warehouse_id many2one stock.warehouse
          carrier_id many2one delivery.carrier
          client_order_ref char
          date_order datetime
          order_line one2many sale.order.line order_id
          picking_ids one2many stock.picking sale_id
          company_id many2one res.company
          """
        ),
        (
          "sale.order.line", "Sales Order Line", "order_id,id",
          """
          order_id many2one sale.order index
          product_id many2one product.product
          name text
          product_uom_qty quantity
          qty_delivered quantity computed
          price_unit float
          """
        ),
      ]
  }
}

extension SimulatorModule {
  /// The models that come with it.
  var models: Set<String> {
    switch self {
    case .batches: ["stock.picking.batch"]
    case .delivery: ["delivery.carrier"]
    case .expiry: []
    }
  }
}

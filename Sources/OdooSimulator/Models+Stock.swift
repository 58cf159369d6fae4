extension Models {
  private static let moveStates = "draft|waiting|confirmed|partially_available|assigned|done|cancel"

  static func stock(_ version: OdooVersion) -> [Declaration] {
    transfers(version) + places(version)
  }

  private static func transfers(_ version: OdooVersion) -> [Declaration] {
    let package = version.packageModel
    return [
      (
        "stock.picking", "Transfer", "priority desc,scheduled_date,id desc",
        """
        name char
        origin char
        note html
        backorder_id many2one stock.picking index
        backorder_ids one2many stock.picking backorder_id
        return_id many2one stock.picking
        move_type selection direct|one
        state selection draft|waiting|confirmed|assigned|done|cancel
        group_id many2one procurement.group @-18
        reference_ids many2many stock.reference @19+
        priority selection 0|1
        scheduled_date datetime
        date_deadline datetime
        date datetime @-18
        date_done datetime
        location_id many2one stock.location
        location_dest_id many2one stock.location
        move_ids one2many stock.move picking_id
        move_ids_without_package one2many stock.move picking_id @-18
        picking_type_id many2one stock.picking.type index
        picking_type_code selection incoming|outgoing|internal <picking_type_id.code
        use_create_lots boolean <picking_type_id.use_create_lots
        use_existing_lots boolean <picking_type_id.use_existing_lots
        partner_id many2one res.partner
        company_id many2one res.company
        user_id many2one res.users
        move_line_ids one2many stock.move.line picking_id
        move_line_ids_without_package one2many stock.move.line picking_id @-18
        move_line_exist boolean computed @-18
        has_packages boolean computed @-18
        packages_count integer computed @19+
        package_history_ids many2many \(package) computed @19+
        package_ids many2many \(package) computed @17
        owner_id many2one res.partner
        printed boolean
        is_locked boolean
        product_id many2one product.product <move_ids.product_id
        has_tracking boolean computed
        sale_id many2one sale.order index
        batch_id many2one stock.picking.batch index +batches
        batch_sequence integer @18+ +batches
        carrier_id many2one delivery.carrier +delivery
        carrier_price float +delivery
        carrier_tracking_ref char +delivery
        carrier_tracking_url char computed +delivery
        weight float computed +delivery
        weight_bulk float computed +delivery
        shipping_weight float computed @-18 +delivery
        shipping_weight float @19+ +delivery
        weight_uom_name char computed
        is_return_picking boolean computed
        """
      ),
      (
        "stock.move", "Stock Move", "sequence,id",
        """
        description_picking text
        reference char computed
        is_inventory boolean
        inventory_name char @19+
        sequence integer
        priority selection 0|1
        product_id many2one product.product required
        product_uom many2one uom.uom
        product_uom_qty quantity
        product_qty quantity computed
        quantity quantity
        picked boolean
        state selection \(moveStates)
        picking_id many2one stock.picking index
        picking_type_id many2one stock.picking.type
        picking_code selection incoming|outgoing|internal <picking_id.picking_type_code
        location_id many2one stock.location required
        location_dest_id many2one stock.location required
        name char required @-18
        location_final_id many2one stock.location @18+
        move_orig_ids many2many stock.move
        move_dest_ids many2many stock.move
        origin_returned_move_id many2one stock.move index
        move_line_ids one2many stock.move.line move_id
        move_lines_count integer computed
        procure_method selection make_to_stock|make_to_order
        propagate_cancel boolean
        scrapped boolean @-18
        has_tracking selection none|lot|serial <product_id.tracking
        group_id many2one procurement.group @-18
        reference_ids many2many stock.reference @19+
        warehouse_id many2one stock.warehouse
        partner_id many2one res.partner
        company_id many2one res.company
        origin char
        date datetime
        date_deadline datetime
        lot_ids many2many stock.lot computed
        sale_line_id many2one sale.order.line index
        weight float computed
        """
      ),
      (
        "stock.move.line", "Product Moves (Stock Move Line)", "result_package_id desc,id",
        """
        picking_id many2one stock.picking index
        move_id many2one stock.move index
        company_id many2one res.company
        product_id many2one product.product index
        product_uom_id many2one uom.uom
        quantity quantity
        quantity_product_uom quantity computed
        picked boolean
        package_id many2one \(package)
        lot_id many2one stock.lot
        lot_name char
        result_package_id many2one \(package) index
        date datetime
        owner_id many2one res.partner
        location_id many2one stock.location
        location_dest_id many2one stock.location
        picking_type_id many2one stock.picking.type <picking_id.picking_type_id
        picking_code selection incoming|outgoing|internal <picking_id.picking_type_code
        tracking selection none|lot|serial <product_id.tracking
        state selection \(moveStates)
        reference char <move_id.reference
        is_inventory boolean <move_id.is_inventory
        origin char <move_id.origin
        expiration_date datetime +expiry
        """
      ),
      (
        "stock.backorder.confirmation", "Backorder Confirmation", "id",
        """
        pick_ids many2many stock.picking
        show_transfers boolean
        """
      ),
      (
        "stock.picking.batch", "Batch Transfer", "name desc",
        """
        name char
        user_id many2one res.users
        company_id many2one res.company
        picking_ids one2many stock.picking batch_id
        picking_type_id many2one stock.picking.type
        is_wave boolean
        state selection draft|in_progress|done|cancel computed
        description char @18+
        """
      ),
      ("procurement.group", "Procurement Group", "id", "name char"),
      ("stock.reference", "Reference between stock documents", "id", "name char"),
    ]
  }

  private static func places(_ version: OdooVersion) -> [Declaration] {
    let package = version.packageModel
    return [
      (
        "stock.warehouse", "Warehouse", "id",
        """
        name char required
        code char required
        active boolean
        company_id many2one res.company
        partner_id many2one res.partner
        reception_steps selection one_step|two_steps|three_steps
        delivery_steps selection ship_only|pick_ship|pick_pack_ship
        view_location_id many2one stock.location
        lot_stock_id many2one stock.location
        wh_input_stock_loc_id many2one stock.location
        wh_output_stock_loc_id many2one stock.location
        wh_pack_stock_loc_id many2one stock.location
        pick_type_id many2one stock.picking.type
        pack_type_id many2one stock.picking.type
        out_type_id many2one stock.picking.type
        in_type_id many2one stock.picking.type
        int_type_id many2one stock.picking.type
        wh_qc_stock_loc_id many2one stock.location
        qc_type_id many2one stock.picking.type @18+
        store_type_id many2one stock.picking.type @18+
        """
      ),
      (
        "stock.picking.type", "Picking Type", "id",
        """
        name char required
        code selection incoming|outgoing|internal
        sequence_code char
        sequence integer
        barcode char
        warehouse_id many2one stock.warehouse
        default_location_src_id many2one stock.location
        default_location_dest_id many2one stock.location
        use_create_lots boolean
        use_existing_lots boolean
        create_backorder selection ask|always|never
        return_picking_type_id many2one stock.picking.type
        auto_print_delivery_slip boolean
        active boolean
        company_id many2one res.company
        """
      ),
      (
        "stock.location", "Inventory Locations", "complete_name,id",
        """
        name char required
        complete_name char computed
        barcode char
        usage selection supplier|view|internal|customer|inventory|production|transit
        location_id many2one stock.location index
        child_ids one2many stock.location location_id
        warehouse_id many2one stock.warehouse
        active boolean
        company_id many2one res.company
        """
      ),
      (
        "stock.lot", "Lot/Serial", "name,id",
        """
        name char required
        product_id many2one product.product required index
        company_id many2one res.company
        ref char
        expiration_date datetime +expiry
        removal_date datetime +expiry
        use_date datetime +expiry
        alert_date datetime +expiry
        product_qty quantity computed
        quant_ids one2many stock.quant lot_id
        """
      ),
      (
        package, version < .v19 ? "Packages" : "Package", "name,id",
        """
        name char
        quant_ids one2many stock.quant package_id readonly
        package_type_id many2one stock.package.type
        location_id many2one stock.location computed
        company_id many2one res.company
        owner_id many2one res.partner computed
        package_use selection disposable|reusable @-18
        pack_date date
        weight float computed
        weight_uom_name char computed
        shipping_weight float +delivery
        parent_package_id many2one stock.package @19+
        package_dest_id many2one stock.package @19+
        outermost_package_id many2one stock.package computed @19+
        picking_ids many2many stock.picking computed @19+
        """
      ),
      (
        "stock.package.type", "Stock package type", "id",
        """
        name char required
        barcode char
        base_weight float
        max_weight float
        package_carrier_type char
        packaging_length float
        width float
        height float
        company_id many2one res.company
        """
      ),
      (
        "stock.quant", "Quants", "id",
        """
        product_id many2one product.product required index
        location_id many2one stock.location required
        lot_id many2one stock.lot index
        package_id many2one \(package) index
        owner_id many2one res.partner
        quantity quantity
        reserved_quantity quantity computed
        available_quantity quantity computed
        inventory_quantity quantity
        inventory_quantity_set boolean
        inventory_diff_quantity quantity readonly
        is_outdated boolean computed
        user_id many2one res.users
        in_date datetime
        company_id many2one res.company
        """
      ),
      (
        "stock.inventory.adjustment.name", "Inventory Adjustment Reference / Reason", "id",
        """
        quant_ids many2many stock.quant
        inventory_adjustment_name char
        """
      ),
    ]
  }
}

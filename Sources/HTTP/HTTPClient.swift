internal import Odoo

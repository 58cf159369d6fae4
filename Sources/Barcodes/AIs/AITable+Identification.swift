extension AITable {
  /// Keys, dates, lots and serials: AIs 00 to 25.
  static let identification = """
    00;N18.mod10.prefix2;;;query;key;SSCC
    01;N14.mod10.prefix2;;255,37;query;key 22,10,21 or 235;GTIN
    02;N14.mod10.prefix2;37;01,03;query;;content GTIN
    03;N14.mod10.prefix2;;01,02,37;;;made-to-order GTIN
    10;X..20;01,02,03,8006,8026;;query;;lot
    11;N6.date0;01,02,03,8006,8026;;query;;production date
    12;N6.date0;8020;;query;;due date
    13;N6.date0;01,02,03,8006,8026;;query;;packing date
    15;N6.date0;01,02,03,8006,8026;;query;;best before
    16;N6.date0;01,02,03,8006,8026;;query;;sell by
    17;N6.date0;01,02,03,255,8006,8026;;query;;expiry
    20;N2;01,02,8006,8026;;query;;variant
    21;X..20;01,03,8006;235;;;serial
    22;X..20;01;;;;consumer variant
    235;X..28;01;;;;third-party serial
    240;X..30;01,02,8006,8026;;query;;additional item id
    241;X..30;01,02,8006,8026;;query;;customer part number
    242;N..6;01,02,8006,8026;;query;;made-to-order variant
    243;X..20;01;;query;;packaging component
    250;X..30;01,8006 21;;query;;secondary serial
    251;X..30;01,8006;;query;;source reference
    253;N13.mod10.prefix1 [X..17];;;query;key;document id
    254;X..20;414;;;;GLN extension
    255;N13.mod10.prefix1 [N..12];;01,02,415,8006,8020,8026;query;key;coupon id
    """
}

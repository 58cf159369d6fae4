extension AITable {
  /// Counts, amounts, parties and transport: AIs 30, 37, 39 to 43.
  static let trade = """
    30;N..8;01,02;;query;;variable count
    37;N..8;00 02,8026;;query;;count of items inside
    3900-3909;N..15;255,8020;390n,391n,394n,8111;query;;amount
    3910-3919;N3.currency N..15;8020;391n;query;;amount with currency
    3920-3929;N..15;01 30,31nn,32nn,35nn,36nn;392n,393n;query;;price
    3930-3939;N3.currency N..15;30,31nn,32nn,35nn,36nn;393n;query;;price with currency
    3940-3943;N4;255;394n,8111;query;;percent off
    3950-3955;N6;30,31nn,32nn,35nn,36nn;392n,393n,395n,8005;query;;price per unit
    400;X..30;;;query;;order number
    401;X..30.prefix1;;;query;key;consignment
    402;N17.mod10.prefix1;;;query;key;shipment
    403;X..30;00;;query;;routing code
    410;N13.mod10.prefix1;;;query;;ship to GLN
    411;N13.mod10.prefix1;;;query;;bill to GLN
    412;N13.mod10.prefix1;;;query;;purchased from GLN
    413;N13.mod10.prefix1;;;query;;ship for GLN
    414;N13.mod10.prefix1;;;query;key 254 or 7040;location GLN
    415;N13.mod10.prefix1;8020;;query;key 8020;pay to GLN
    416;N13.mod10.prefix1;;;query;;service location GLN
    417;N13.mod10.prefix1;;;query;key 7040;party GLN
    420;X..20;;421;query;;ship to postcode
    421;N3.country X..9;;4307;query;;ship to country and postcode
    422;N3.country;01,02,8006,8026;426;query;;country of origin
    423;N3.country 4*[N3].country;01,02;426;query;;countries of first processing
    424;N3.country;01,02;426;query;;country of processing
    425;N3.country 4*[N3].country;01,02;426;query;;countries of disassembly
    426;N3.country;01,02;;query;;country of full processing
    427;X..3;01,02 422;;query;;subdivision of origin
    4300;X..35.percent;00;;query;;ship to company
    4301;X..35.percent;00;;query;;ship to contact
    4302;X..70.percent;00;;query;;ship to address 1
    4303;X..70.percent;4302;;query;;ship to address 2
    4304;X..70.percent;00;;query;;ship to suburb
    4305;X..70.percent;00;;query;;ship to locality
    4306;X..70.percent;00;;query;;ship to region
    4307;X2.country2;00;;query;;ship to country
    4308;X..30;00;;query;;ship to phone
    4309;N10.latitude N10.longitude;00;;query;;ship to coordinates
    4310;X..35.percent;00;;query;;return to company
    4311;X..35.percent;00;;query;;return to contact
    4312;X..70.percent;00;;query;;return to address 1
    4313;X..70.percent;4312;;query;;return to address 2
    4314;X..70.percent;00;;query;;return to suburb
    4315;X..70.percent;00;;query;;return to locality
    4316;X..70.percent;00;;query;;return to region
    4317;X2.country2;00;;query;;return to country
    4318;X..20;00;;query;;return to postcode
    4319;X..30;00;;query;;return to phone
    4320;X..35.percent;00;;query;;service
    4321;N1.flag;00;;query;;dangerous goods
    4322;N1.flag;00;;query;;may be left
    4323;N1.flag;00;;query;;signature needed
    4324;N6.date0 N4.time;00;;query;;not before
    4325;N6.date0 N4.time;00;;query;;not after
    4326;N6.date;00;;query;;release date
    4330;N6 [X1].hyphen;00;4331;query;;highest temperature °F
    4331;N6 [X1].hyphen;00;4330;query;;highest temperature °C
    4332;N6 [X1].hyphen;00;4333;query;;lowest temperature °F
    4333;N6 [X1].hyphen;00;4332;query;;lowest temperature °C
    """
}

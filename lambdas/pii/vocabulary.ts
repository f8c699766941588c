/**
 * The words that say what a number is. One row per meaning; a phrase is written as its lower-case words without
 * apostrophes, `|` separates phrases. Longer phrases win over shorter ones.
 */

/**
 * What a phrase announces. `VETO` and `UNIT` release a number; `NUMBER` arms only weakly. `TOPIC` is no phrase: an
 * earlier turn talks of something that releases without asking for its number.
 */
export type TermKind =
  | 'PHONE'
  | 'NUMBER'
  | 'SSN'
  | 'TAX'
  | 'CARD'
  | 'CVV'
  | 'EXPIRY'
  | 'LAST4'
  | 'DOB'
  | 'BANK'
  | 'ROUTING'
  | 'PIN'
  | 'PASSWORD'
  | 'EMAIL'
  | 'IBAN'
  | 'IP'
  | 'NINO'
  | 'SIN'
  | 'AADHAAR'
  | 'PASSPORT'
  | 'LICENSE'
  | 'MEDICARE'
  | 'VIN'
  | 'PLATE'
  | 'MAC'
  | 'VETO'
  | 'TOPIC'
  | 'UNIT';

export const PHRASES: Readonly<Record<Exclude<TermKind, 'TOPIC'>, string>> = {
  PHONE: `phone|phones|telephone|phone number|telephone number|tel|tel number|tele|cell|cell number|cellphone|cell phone|cellular|mobile|mobile number|mob
|callback|call back|callback number|call back number|contact number|best number|number to reach|number to call|reach me|reach me at|reach us|reach you|reach him|reach her|reach them
|call me|call me on|call me at|calling me|call us|call him|call her|call them|call you|calling from|calling you from|called from|called me from|text me|texted me|text us|text message to|ring me|ring|phone me|dial|dialed|dialing|dialling
|fax|fax number|whatsapp|whats app|landline|land line|home number|work number|office number|daytime number|evening number|alternate number|alternative number|secondary number|backup number|number on file
|direct line|direct dial|switchboard|hotline|voicemail|sms|area code|extension|caller id|caller|ani|dnis|msisdn|telefono|teléfono|telefon|telefonnummer|numero de telefono|número de teléfono|telephon|téléphone|portable|handy|handynummer|mobilnummer|rufnummer|telefonnr|cellulare|numero di telefono|número de celular|numero de celular|celular|móvil|movil
|फोन|फ़ोन|नंबर|मोबाइल|电话|電話|电话号码|手机|手机号|電話番号|携帯|전화|전화번호|телефон|هاتف|رقم|جوال|number is listed as|text|call|pager|get hold of me|get a hold of me|best way to reach|ring back|reachable|reached`,
  NUMBER: `number|last part|first part|next part|second part|other part|last bit|first bit|my number|the number|number is|my number is|digits|numbers|nummer|numero|número`,
  SSN: `ssn|s s n|social|social security|social security number|social security no|social security num|social number|soc|soc sec|sosh|social sec|ss number|ss no|ss|social security digits|socials|ss num|full social|ss #|nine digit social|seguro social|número de seguro social|numero de seguro social|social security card`,
  TAX: `itin|i t i n|tin|tax id|tax i d|taxpayer id|taxpayer|tax identification|tax identification number|taxpayer identification number|individual taxpayer|individual taxpayer number|taxpayer number|tax id number|tax identification no|tax number|tax payer id`,
  CARD: `card|cards|card number|credit card|credit card number|debit card|debit|credit|cc|cc number|cc no|visa|mastercard|master card|amex|american express|discover|diners|diners club|jcb|maestro|long number|the long number|sixteen digits|sixteen digit|16 digits|16 digit|16digit|fifteen digits|15 digits|front of the card|front of your card|card on file|payment card|pan|new card|other card|number on the card|number on the front|number across the front|card details|card info|plastic|tarjeta|tarjeta de crédito|carte|kreditkarte|kartennummer|bank card|charge card|mc|corporate card`,
  CVV: `cvv|c v v|cvv2|cvc|c v c|cvc2|cid|csc|c s c|security code|card security code|card code|card verification|verification value|three digits|three digit|three digit code|3 digits|3 digit|3 digit code|back of the card|back of your card|on the back|number on the back|digits on the back|code on the back|last three|last three digits|four digits on the front|4 digits on the front|signature strip|signature panel|three numbers on the back|code on the front|four digits on the front|four on the front|three on the back|four on front|security digits|security number|cvn|cv code|ccv|c c v`,
  EXPIRY: `expiry|expiry date|expiration|expiration date|expires|expiring|expire|exp|exp date|expires on|expires in|valid thru|valid through|valid until|valid to|good thru|good through|expired|valid till|it expires|expirey|expirations|experation`,
  LAST4: `last four|last 4|last four digits|last 4 digits|last four numbers|ending in|ending with|ending|ends in|ends with|end in|ended in|ending on|final four|final four digits|last for|last four of|last 4 of|last five|last 5|last digits|that ends in|which ends in|last four are|lasts four|terminating in|ends`,
  DOB: `date of birth|dob|d o b|birth date|birthdate|birthday|bday|b day|birth day|born|born on|born in|was born|birth|birthdays|month day and year of birth|day you were born|date o birth|dates of birth|birthdate is|year of birth|birth year|fecha de nacimiento|geburtsdatum|date de naissance|nacimiento|naissance|geboren|née le`,
  BANK: `account|account number|account no|acct|acct number|acct no|acct num|bank account|bank account number|checking|checking account|savings|savings account|account and routing|bank number|deposit account|direct deposit|account is|a c|bank|account num|current account|checking acct|bsb|sort code|my accounts|account numbers|bank account numbers|checking account number|savings account number|numero de cuenta|número de cuenta|cuenta`,
  ROUTING: `routing|routing number|routing numbers|routing no|routing num|aba|a b a|aba number|aba routing|transit|transit number|rtn|r t n|routing transit|bank routing|routing code|wire routing|ach routing`,
  PIN: `pin|p i n|pin number|pin code|pincode|pin no|one time code|one time passcode|one time password|onetime code|otp|o t p|verification code|verify code|confirmation pin|passcode|pass code|access pin|code we texted|code we sent|code i texted|code i sent|code you received|code you got|code that was sent|code i got|code i received|code they sent|code they texted|code sent|code texted|code just sent|code we just sent|code we emailed|code we just texted|code from the text|code in the text|code from your phone|code from the app|code that came|code i just got|text code|sms code|authentication code|authenticator|authenticator app|authenticator code|auth code|do not share|dont share|never share|confirmation code we texted|confirmation code we sent|confirmation code we just sent|confirmation code we just texted|confirmation code we emailed|confirmation code i sent|confirmation code i texted|confirmation code you received|confirmation code you got|two factor|two factor code|2fa|2fa code|mfa|mfa code|six digit code|6 digit code|6digit code|four digit code|4 digit code|five digit code|8 digit code|eight digit code|six digits|six digit|6 digits|security pin|account pin|atm pin|login code|sign in code|signin code|log in code|temporary code|secret code|unlock code|telephone banking code|voice pin|four digit pin|code is|the code|your code|code on your phone|code from the email|code in the email|code from that text|code i see|code|verification number|memorable number|door code|gate code|alarm code|safe word code|lockbox code|four numbers`,
  PASSWORD: `password|passwords|pass word|passwd|pwd|pw|passphrase|pass phrase|pass|security answer|secret answer|contraseña|passwort|mot de passe|parola|security word|secret word|secret phrase|code word|safe word|memorable word|login password|temp password|temporary password|verbal password|wifi password|wi fi password`,
  EMAIL: `email|e mail|email address|e mail address|mail|emails|mailbox|inbox|correo`,
  IBAN: `iban|i ban|eye ban|i b a n|bank transfer|transfer to`,
  IP: `ip|i p|ip address|ipv4|ipv6|host|server|connected from|gateway|subnet|dns`,
  NINO: `national insurance|national insurance number|ni number|n i number|n i|ni|nino|ni no`,
  SIN: `sin|s i n|social insurance|social insurance number|nas|sin number`,
  AADHAAR: `aadhaar|aadhar|adhar|adhaar|uidai|uid number|आधार`,
  PASSPORT: `passport|passport number|passport no|travel document`,
  LICENSE: `license|licence|drivers license|driver license|driving licence|drivers licence|driving license|license number|licence number|dl|d l|dl number|dvla|drivers id|license no|state id|dvla no`,
  MEDICARE: `medicare|medicare id|medicare number|mbi|m b i|beneficiary|beneficiary id|patient`,
  VIN: `vin|v i n|vin number|vehicle identification|vehicle identification number|chassis number`,
  PLATE: `plate|license plate|licence plate|number plate|plate number|registration plate|reg number|tag number|plates|tags|registration number`,
  MAC: `mac|mac address|hardware address|physical address|ethernet`,
  VETO: `order|orders|order number|order no|order id|order #|ordering|tracking|tracking number|tracking no|tracking id|invoice|invoice number|invoice no|po|po number|p o number|purchase order|sku|skus|case|case number|case no|case id|ticket|ticket number|ticket no|incident|incident number|reference|reference number|ref|ref number|ref no|confirmation|confirmation number|confirmation code|booking|booking number|booking reference|reservation|reservation number|itinerary|record locator|locator
|version|versions|firmware|build|release|kernel|error|error code|error number|code error|status code|http|exit code|fault code|flight|flight number|flights|gate|seat|terminal|train|bus|part|part number|part no|model|model number|model no|serial|serial number|serial no|imei|meid|item|item number|item no|product|product code|product number|catalog|catalogue|upc|isbn|ean|asin|barcode|bar code|lot|lot number|batch|batch number
|zip|zip code|zipcode|postal code|postcode|post code|promo|promo code|discount code|coupon|coupon code|voucher|voucher code|gift|gift card|giftcard|gift card balance|balance|points|reward points|rewards|miles|country code|dialing code|short code|shortcode|text stop to|text stop|text help to|reply stop
|price|priced|cost|costs|total|totals|subtotal|amount|amounts|charge|charged|fee|fees|refund|refunded|refund of|payment of|paid|owed|owe|due|bill|bill of|bills|deductible|copay|premium|deposit of|credit of|worth|salary|income|budget|quantity|qty|units|how many|how much|how long|count|number of|score|rating|rated|ratio|aspect|percent|percentage|temperature|speed|meter reading|reading|odometer|mileage|square feet|square foot|height|weight|size|dimensions|resolution
|agent id|employee id|employee number|badge|badge number|skill|team|queue|store number|store|stores|store #|branch|room|room number|floor|suite|unit number|page|pages|chapter|section|step|steps|line item|row|rows|column|cell a1|cells|port|ports|channel|channels|level|episode|season|highway|route|exit|interstate|bus number|contact id|contactid|interaction id|session id|session|request id|transaction|transaction number|transaction id|transaction no|txn|trace|trace id|correlation id|job id|run id|commit|hash|sha|uuid|guid|arn|md5|policy|policy number|policy no|claim|claim number|claim no|claim id|quote number|quote|rma|rma number|return number|authorization number|authorization code|approval code|approval number|work order|work order number|service request|service request number|sr|dispatch|shipment|shipment number|shipping number|package number|parcel|container|delivery number|waybill|awb|airway bill|member since|since|version number|release number|patch|device id|device number|asset|asset tag|vendor number|vendor id|supplier|location number|location id|machine number|terminal id|register|receipt|receipt number|lane|test|demo|example number|customer since|press|option|options|dial one|nine one one|emergency|kb article|article|bug|issue|pull request|jira|servicenow|inc|channel number|meeting id|meeting number|zoom|zoom meeting|zoom meeting id|teams meeting|webinar id|conference id|conference number|customer id|member id|member number|membership number|membership card|loyalty number|loyalty card|loyalty id|rewards number|rewards card|library card|sim card|business card|gift certificate|frequent flyer|frequent flyer number|user id|call id|chat id|conversation id|message id|thread id|visitor id|guest id|student id|complaint number|application number|application id|docket number|file number|certificate number|prescription number|rx number|meter number|meter no|iccid|imsi|listing number|listing id|group number|house number|apartment|apt|birthday party|birthday discount|birthday gift|birthday present|birthday card|birthday cake|birthday reward|social security payment|social security check|social security benefits|social security benefit|social security office|social security income|social security administration|social security disability|bus pass|boarding pass|day pass|season pass|parking pass|activity code|course code|class code|color code|colour code|style code|job code|billing code|diagnosis code|procedure code|department code|cost code|charge code|plan code|rate code|fare code|airport code|reason code|response code|result code|return code|tax code|stock code|state code|county code|dress code|building code|qr code|trouble code|failure code|alert code|event code|warning code|blink code|offer code|referral code|part code|order code|booking code|loan|loan number|activation key|product key|license key|serial key|job number|equipment number|inspection number|permit number|contract|contract number|proposal|campaign|campaign id|survey|question|questions|lottery|jackpot|population|attendance|match|game|won|lost|seconds|latency|ping|bandwidth|mbps`,
  UNIT: `unit|units|dollar|dollars|bucks|cent|cents|euro|euros|pound|pounds|pence|minute|minutes|min|mins|second|seconds|secs|hour|hours|hrs|day|days|week|weeks|month|months|year|years|percent|people|customers|users|items|item|pieces|boxes|points|miles|mile|km|kilometers|kilometres|feet|foot|inches|inch|meters|metres|gb|gigs|gigabytes|mb|megs|megabytes|tb|mbps|ghz|hz|watts|volts|kwh|degrees|times|oclock|o clock|am|pm|a m|p m|pages|calls|tickets|orders|stars|grams|kg|kilos|lbs|ounces|oz|mg|ml|liters|litres|gallons|rooms|seats|nights|guests|tablets|pills|copies|licenses|seats|lines|devices|channels|steps|years old|employees|agents|stores|units each|mo|per month|a month|a day|a year|nd|rd|th|st|street|avenue|ave|road|boulevard|blvd|drive|lane|north|south|east|west`,
};

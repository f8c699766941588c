/** What announces a phone number; a phrase a line. */
export const PHONE_PHRASES = `
  phone
  phones
  telephone
  phone number
  telephone number
  tel
  tel number
  tele
  cell
  cell number
  cellphone
  cell phone
  cellular
  mobile
  mobile number
  mob
  callback
  call back
  callback number
  call back number
  contact number
  best number
  number to reach
  number to call
  reach me
  reach me at
  reach us
  reach you
  reach him
  reach her
  reach them
  call me
  call me on
  call me at
  calling me
  call us
  call him
  call her
  call them
  call you
  calling from
  calling you from
  called from
  called me from
  text me
  texted me
  text us
  text message to
  ring me
  ring
  phone me
  dial
  dialed
  dialing
  dialling
  fax
  fax number
  whatsapp
  whats app
  landline
  land line
  home number
  work number
  office number
  daytime number
  evening number
  alternate number
  alternative number
  secondary number
  backup number
  number on file
  direct line
  direct dial
  switchboard
  ph
  ddi
  d d i
  direct
  best contact
  good contact
  another contact
  other contact
  alternative contact
  a contact
  contact for you
  contact details
  contact you
  contact you on
  contact you at
  contact me
  contact me on
  get you on
  catch you on
  best line
  appelez
  appeler
  joindre
  hotline
  voicemail
  sms
  area code
  extension
  caller id
  caller
  ani
  dnis
  msisdn
  telefono
  teléfono
  telefon
  telefonnummer
  numero de telefono
  número de teléfono
  telephon
  téléphone
  portable
  handy
  handynummer
  mobilnummer
  rufnummer
  telefonnr
  cellulare
  numero di telefono
  número de celular
  numero de celular
  celular
  móvil
  movil
  फोन
  फ़ोन
  नंबर
  मोबाइल
  电话
  電話
  电话号码
  手机
  手机号
  電話番号
  携帯
  전화
  전화번호
  телефон
  هاتف
  رقم
  جوال
  number is listed as
  text
  call
  pager
  get hold of me
  get a hold of me
  best way to reach
  ring back
  reachable
  reached
`;

/** What no package lists: closed classes of words, and judgements on names that are also something else. */

const list = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** First names that an English dictionary has, too, yet hardly anybody means the other thing. */
export const NAMES_FIRST_OF_ALL = list(`
  michael laura john peter jack harry terry tony randy bobby jimmy billy roger martin victor warren derrick hector carl carol heather holly
  sally rosemary patsy molly tiffany timothy jenny jerry kelly kitty nelly tommy josh ken nick brad troy lance? jay ray? tom mike
  bob gene? dale dean earl? lee? ron dick? glen noel earnest jasper kylie phoebe louise maria marina deb abbey melody? olive? bess
  jasmine abigail alec timmy freddy teddy gabby maggie nancy sue? cindy christen julienne ebony trinity? brandy? sherry? cherry?
  jill louis percy rebecca barbara patrick joseph benny danny ronny manny toby robby jess becky vicky jacky johnny sammy ricky polly
  dolly louie tessa gus leo matt chuck? eva? ester roxy lilly leah? jimmie charley charlie jerome tim jim joe ben dan sam max? alex
  andy amy ann anne anna ed al ian ivan kim kit? pam pat? ted vic zack liz meg jo bo ty ling? wei mei jun? raj dev? anu uma ravi anil
  pablo pedro diego jose juan kevin bruce ralph derek kyle ross? don? russell brian logan philip phillip jonah hanna joanna judith
  marge trudy winnie wendy millie minnie annie connie bonnie debbie carrie laurie jackie nicky randi sandi jamie jodie jody dody
  crystal? daisy? ruby? christian? jonathan dixie? roland morris harold arthur ernest oscar felix hugo otto simon oliver
`)
  .map((word) => (word.endsWith('?') ? '' : word))
  .filter((word) => word !== '');

/** First names that lists of the West leave out; written by hand. */
export const NAMES_OF_THE_WORLD = list(`
  aarav aarti abdul abdullah abhay abhijit abhishek adil aditi aditya afzal agnieszka ahmed aisha aishwarya ajay ajit akash akhil akshay
  alisha alok aman amarjit ambika amina amir amit amrita anand ananya anand anastasia aniket anita anjali anjana ankit ankita ankur
  ansh anshul anupam anuradha anusha aparna archana arjun arun aruna arvind asha ashish ashok ashwin ashwini asif aslam atul avinash
  ayesha ayush azhar babu balaji bala bharat bharti bhaskar bhavana bhavesh bhavna bhavya bhuvana bilal chandan chandra chetan chitra
  damini danish darshan deepa deepak deepika deepti devi dhanush dhruv dilip dinesh divya durga ekta farah farhan farida fatima faisal
  ganesh gaurav gautam gayatri geeta geetha girish gita gopal govind gurpreet guru hamza hari harini haris harish harleen harpreet harsh
  harsha harshit hassan hema hemant hina husain hussain ibrahim imran indira indu iqbal irfan ishaan ishita jagdish jahnavi janaki
  jaspreet jatin javed jaya jayesh jayanti jitendra jyoti kabir kajal kalpana kalyani kamal kamala kamlesh kapil karan karthi karthik
  kartik kavita kavitha kavya kedar khalid khushi kiran kirti kishore komal kriti krishna kritika kumari kunal lakshmi lalit lalita
  lata latha leela lokesh madhav madhavi madhu madhuri mahesh mahmoud malini mamta manasi mandeep manisha manish manjula manjunath
  manoj mansi manu maryam mayank mayur meena meenakshi meera megha mehul mihir milind mithun mohammad mohammed mohamed mohan mohit
  mona monika mridul muhammad mukesh mukul murali murugan mustafa nadia nagaraj naina nandini narayan naresh narendra naveen neelam neeraj
  neeta neha nidhi nikhil nikita nilesh nimisha nirmala nisha nishant nitin nitya niyati omkar padma pallavi pankaj parul parvati
  pavan pavithra payal piyush pooja poonam prabhu pradeep prakash pramod pranav pranjal prashant prasad prateek pratik praveen preeti
  prem priti priya priyanka puja punit pushpa rachana radha radhika raghav raghu rahul rajan rajat rajeev rajendra rajesh rajiv rajkumar
  rajni rakesh rakhi ramesh ramya ranjit rashid rashmi ravindra rehan rekha renu reshma richa rishabh rishi ritesh ritika ritu rohan
  rohini rohit roopa rukmini rupali sachin sadhana sagar sahil saira sakshi salim salman sameer samir sandeep sandhya sangeeta sanjana
  sanjay sanjeev santosh sapna sarala sarita saroj saurabh savita seema selvi shabana shahid shailesh shalini shankar sharad sharmila
  shashank shashi sheetal shikha shilpa shiva shivam shivani shobha shraddha shreya shruti shubham shweta siddharth simran sita smita
  sneha somnath sonal sonali sonia srikanth srinivas srinivasan subash subhash subramanian sudha sudhir sujata sujatha suman sumit
  sunil sunita supriya suraj surekha suresh surya sushil sushma swapna swapnil swarna swati syed tamanna tanvi tanya tara tarun tejas
  tushar uday ujjwal umesh urmila usha vaibhav vaishali vandana varsha varun vasudha vasu veena venkat venkatesh vidya vijay vikas vikram
  vikrant vimal vinay vineet vinita vinod vipin vipul viraj virendra vishal vishnu vivek yamini yash yashwant yogesh yusuf yuvika yuvraj
  zainab zara zeenat zoya
  adaeze adebayo ade akua ama amadou aminata ayodele chiamaka chidi chike chinedu chukwu emeka fatou femi folake ibrahima ifeoma ikenna
  kofi kwabena kwame kwesi mamadou ngozi nkechi nnamdi obinna olumide oluwaseun onyeka osagie sekou tendai thabo themba tunde uche yaw zanele
  agnes aoife bronagh cathal caoimhe ciara cian cillian clodagh conor cormac dara declan deirdre diarmuid donal eamon eilidh eimear
  eoghan eoin fergal fergus finn fionn fiona fintan gearoid grainne iain kieran liam lorcan maeve mairead malachy niall niamh nuala
  oisin oonagh orla padraig roisin ronan rory ruairi ruaridh saoirse seamus sean shane sinead siobhan sorcha
  akiko chen cheng fang feng guang haruki haruto hiroshi hong hua huan hui jia jian jiang jing jun kenji lei liang li ling mei meiling
  mingyu minh naoko nobu ping qiang qing rong ryu sakura satoshi takashi takeshi thanh thuy trang tuan xia xiang xiao xin xiu yan yang
  yi yong yoko yoshi yuan yuki yumi zhang zhao zhen zhi zhong
  anders anneliese astrid bjorn burak can cem dieter ebru elif emre fatma ferhat gisela gudrun gunter hakan halil hans heike heinrich helga
  horst ingrid jens jurgen katarzyna klaus krzysztof lars magnus mehmet murat mustafa nils olga oleg piotr rainer sebnem selin serkan
  sven svetlana tomasz uwe vladimir wojciech wolfgang yusuf zeynep zbigniew dmitri sergei natalia ekaterina anastasiya yevgeny
  ayrton atan babak darius farzad farrokh hossein leila mahdi mohsen nasrin omid parisa reza shirin soraya tariq walid yasmin youssef zahra
`);

/** Places, and first names that are mostly places: names of people only where something says so. */
export const PLACES = list(`
  paris austin dallas houston jackson madison brooklyn chelsea florence sydney london india china america virginia georgia carolina
  charlotte savannah phoenix orlando lincoln washington israel kenya jordan chad cuba asia africa europe austria australia germany
  france spain italy ireland scotland england wales britain canada mexico brazil argentina chile peru colombia venezuela ecuador
  bolivia jamaica haiti panama russia ukraine poland sweden norway denmark finland iceland holland belgium switzerland portugal
  greece turkey iran iraq syria egypt libya nigeria ghana ethiopia uganda tanzania zambia pakistan bangladesh nepal japan korea
  vietnam thailand malaysia singapore indonesia philippines taiwan zealand chicago boston denver seattle portland atlanta miami
  detroit cleveland memphis nashville baltimore charleston columbus cincinnati milwaukee minneapolis philadelphia pittsburgh
  sacramento tucson tulsa omaha tampa buffalo raleigh richmond brisbane melbourne perth adelaide canberra hobart darwin auckland
  wellington toronto montreal vancouver calgary ottawa winnipeg quebec dublin cork galway limerick belfast edinburgh glasgow
  aberdeen cardiff birmingham manchester liverpool leeds bristol sheffield nottingham leicester bradford berlin munich hamburg
  cologne frankfurt stuttgart vienna zurich geneva basel bern rome milan venice madrid barcelona lisbon amsterdam brussels
  mumbai delhi chennai madras kolkata bangalore bengaluru hyderabad pune ahmedabad jaipur lucknow kochi surat nagpur indore
  madurai coimbatore dubai oxford cambridge brighton cheshire kent essex surrey sussex devon cornwall dorset norfolk suffolk
  hampshire york texas florida california nevada arizona oregon montana dakota idaho utah kansas nebraska iowa missouri arkansas
  louisiana mississippi alabama tennessee kentucky ohio indiana illinois michigan wisconsin minnesota vermont maine massachusetts
  connecticut delaware maryland pennsylvania oklahoma wyoming hawaii alaska cuban american english french german italian irish
  spanish chinese indian mexican african asian
  january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday christmas easter thanksgiving halloween ramadan diwali
`);

/** Companies, products and names of medicine that bear the names of people. */
export const ORGANISATIONS = list(`
  alexa siri cortana watson bixby dragon dell ford honda toyota nissan mercedes lexus tesla chevrolet chevy buick chrysler dodge
  ferrari porsche audi volvo hyundai subaru mazda kia jaguar bentley chase fargo barclays lloyds aldi walmart costco target tesco
  wendy wendys dennys arby mcdonald mcdonalds macy macys kohl kohls nordstrom sears kroger safeway walgreens amazon google apple
  microsoft netflix spotify facebook instagram twitter whatsapp youtube linkedin paypal venmo zelle uber lyft airbnb expedia
  verizon comcast xfinity sprint vodafone telstra optus airtel reliance samsung sony nokia motorola lenovo asus acer intel nvidia
  adobe oracle cisco ebay etsy fedex ups usps dhl visa mastercard amex discover capital citi citibank hsbc santander
  allstate geico aetna cigna humana anthem medicare medicaid tylenol advil aleve benadryl zoloft prozac xanax lipitor metformin
  lisinopril   gmail yahoo hotmail outlook icloud android iphone ipad macbook windows linux chrome firefox safari teams zoom skype slack
  adidas nike gucci prada chanel dior armani versace burberry calvin klein guess levis levi gap zara
  dominos papa starbucks dunkin chipotle subway kfc pepsi coke disney pixar marvel lego nintendo
`);

/** Said before a name. */
export const TITLES = list(`
  mr mrs ms miss mx mister missus dr doctor doc prof professor sir madam dame lord rev reverend fr father pastor rabbi imam judge
  justice captain capt sergeant sgt officer detective lieutenant lt colonel col major nurse coach senator governor president
  mme monsieur madame mademoiselle senor senora señor señora herr frau shri smt sri don dona
`);

/** Ends a street; hardly anything else stands behind a number and a name. */
export const STREET_SUFFIXES = list(`
  street str avenue ave av road rd boulevard blvd lane ln drive dr court ct circle cir terrace ter terr place pl parkway pkwy
  highway hwy square sq trail trl crescent cres close grove gardens gdns mews alley aly loop expressway expy turnpike tpke
  freeway fwy plaza esplanade parade pde quay row wharf rise vale causeway promenade boreen
  nagar marg salai puram colony layout enclave chowk gali veedhi bazaar
  strasse straße gasse platz allee weg ufer damm
`);
/** Ends a street, and is a word of its own much more often. */
export const WEAK_SUFFIXES = list(`
  way st walk hill park view ridge run path pass point bend cove crossing crest green heights hollow junction knoll landing manor
  meadow meadows mount mountain orchard creek spring springs station valley villas village vista yard field fields estate common
  sector phase cross main block
`);

/** States and their short forms as they stand behind a city. */
export const STATES = list(`
  alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas
  kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma
  oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
  queensland victoria tasmania ontario quebec manitoba saskatchewan alberta
  maharashtra karnataka kerala gujarat rajasthan punjab haryana bihar odisha assam telangana goa
`);

/** What people say and type that no dictionary of this kind has. */
export const SPOKEN_WORDS = list(`
  uh um umm uhh mm mmm mhm hm hmm hmmm huh yeah yea yep yup nope nah ok okay okey oki k alright aright aha ah oh ooh aww ahh er erm gonna wanna
  wan na gon ta kinda sorta gotta lemme gimme dunno cuz cos coz cause til till hai haha hehe lol omg btw pls plz thx ty tnx u ur r ya yah yes no hi
  hello hey heya hiya bye byebye goodbye goodnight morning afternoon evening sir madam maam mam mama mum mom dad daddy mommy mummy
  im ive ill id youre youve youll youd hes shes theyre theyve weve wed dont doesnt didnt cant couldnt wont wouldnt isnt arent wasnt
  werent havent hasnt hadnt shouldnt thats whats its theres heres wheres hows whos lets aint yall
  email emails online offline wifi app apps login logins website websites internet url usb html api pdf sms faq promo checkbook
  smartphone voicemail laptop router modem reboot chatbot username usernames signup inbox info admin config blog url webpage
  nino nhs iban bic swift mbi vin itin tfn gst asap eta id ids tv dvd cd gps atm pin ssn dob cvv ceo gp er uk us usa eu ltd inc llc corp pvt co dept am pm est pst gmt utc mri
  ekg ecg xray hiv covid copd ibs ibuprofen paracetamol diarrhea diarrhoea counsellor physio anymore alot ahold atleast infront
  a an the and or but if so as at by for from in into of off on onto out over to up with i you he she it we they me him her us them
  my your his our their mine yours hers ours theirs this that these those who whom whose which what when where why how not nor
  calling speaking account number name names customer agent representative advisor adviser caller patient guest member user
  operator supervisor manager specialist associate assistant bot system technician support
`);

import { folded } from "./words.ts";

/** Columns of a file of contacts that an import reads; `organization` is a name. */
export const contactColumns = [
	...["firstName", "middleName", "lastName", "salutation", "title"],
	...["workPhone", "cellPhone", "homePhone", "otherPhone", "workEmail", "personalEmail", "otherEmail"],
	...["externalSystemUrl", "organization"],
] as const;
export type ContactColumn = (typeof contactColumns)[number];

/**
 * How address books, CRMs and people call these columns, in the languages that Inlay speaks. A heading that could mean two of
 * them means the first here; a bare “Name” is a last name, as every contact may have one alone.
 */
const spellings: Readonly<Record<ContactColumn, string>> = {
	firstName:
		"first name|given name|forename|vorname|rufname|nombre|nombre de pila|prénom|nome|nome proprio|primeiro nome|voornaam|imię|förnamn|ad|adı|ім’я|імя|名|名前（名）|이름|名字|الاسم الأول",
	middleName:
		"middle name|additional name|zweiter vorname|mittelname|segundo nombre|deuxième prénom|secondo nome|nome do meio|tussennaam|drugie imię|mellannamn|ikinci ad|по батькові|ミドルネーム|중간 이름|中间名|الاسم الأوسط",
	lastName:
		"last name|surname|family name|name|full name|display name|contact|contact name|nachname|familienname|zuname|apellido|apellidos|nom|nom de famille|cognome|apelido|sobrenome|último nome|achternaam|familienaam|nazwisko|efternamn|soyad|soyadı|прізвище|姓|姓名|氏名|名前|성|성명|الاسم الأخير|اسم العائلة|اسم",
	salutation:
		"salutation|anrede|tratamiento|saludo|civilité|appellativo|titolo di cortesia|tratamento|saudação|aanhef|zwrot grzecznościowy|tilltal|hitap|звертання|敬称|호칭|称呼|التحية",
	title:
		"title|job title|position|role|titel|funktion|stelle|berufsbezeichnung|cargo|puesto|título|fonction|poste|titre|titolo|qualifica|ruolo|função|functie|functietitel|stanowisko|tytuł|befattning|unvan|görev|посада|役職|肩書き|직책|직함|职位|职务|头衔|المسمى الوظيفي|المنصب",
	cellPhone:
		"cell phone|cell|mobile|mobile phone|mobile number|handy|handynummer|mobil|mobiltelefon|mobilnummer|mobilfunk|móvil|celular|teléfono móvil|portable|téléphone mobile|téléphone portable|mobile professionnel|cellulare|telefono cellulare|telemóvel|mobiel|mobiele telefoon|gsm|komórka|telefon komórkowy|cep|cep telefonu|мобільний|мобільний телефон|携帯|携帯電話|携帯番号|휴대폰|휴대전화|핸드폰|手机|手机号|手机号码|移动电话|الجوال|الهاتف المحمول|المحمول",
	workPhone:
		"work phone|business phone|phone|phone number|telephone|tel|office phone|company main phone|telefon|telefonnummer|telefon geschäftlich|telefon dienstlich|geschäftlich|rufnummer|teléfono|teléfono del trabajo|téléphone|téléphone professionnel|telefono|telefono ufficio|telefone|telefone comercial|telefoon|telefoonnummer|telefoon werk|telefon służbowy|numer telefonu|arbetstelefon|iş telefonu|телефон|робочий телефон|電話|電話番号|勤務先電話|전화|전화번호|직장 전화|电话|电话号码|工作电话|座机|الهاتف|رقم الهاتف|هاتف العمل",
	homePhone:
		"home phone|private phone|telefon privat|privat|telefon zuhause|teléfono particular|teléfono de casa|téléphone domicile|téléphone personnel|telefono casa|telefone residencial|telefone de casa|telefoon thuis|telefon domowy|hemtelefon|ev telefonu|домашній телефон|自宅電話|집 전화|家庭电话|هاتف المنزل",
	otherPhone:
		"other phone|phone 2|weiteres telefon|telefon 2|otro teléfono|autre téléphone|altro telefono|outro telefone|andere telefoon|inny telefon|annan telefon|diğer telefon|інший телефон|その他の電話|기타 전화|其他电话|هاتف آخر",
	workEmail:
		"work email|email|e mail|mail|email address|e mail address|business email|e mail adresse|mailadresse|e mail geschäftlich|correo|correo electrónico|correo del trabajo|courriel|adresse e mail|adresse mail|e mail professionnel|posta elettronica|indirizzo e mail|email ufficio|correio eletrónico|e mail comercial|endereço de e mail|e mailadres|e mail werk|adres e mail|e mail służbowy|e post|e postadress|e posta|eposta|e posta adresi|iş e postası|електронна пошта|пошта|ел пошта|メール|メールアドレス|eメール|이메일|전자우편|메일|邮箱|电子邮件|电子邮箱|邮件|البريد الإلكتروني|بريد العمل",
	personalEmail:
		"personal email|private email|home email|e mail privat|private e mail|correo personal|e mail personnel|email personale|e mail pessoal|e mail privé|e mail prywatny|privat e post|kişisel e posta|особиста пошта|個人メール|개인 이메일|个人邮箱|البريد الشخصي",
	otherEmail:
		"other email|email 2|e mail 2|weitere e mail|otro correo|autre e mail|altra email|outro e mail|andere e mail|inny e mail|annan e post|diğer e posta|інша пошта|その他のメール|기타 이메일|其他邮箱|بريد آخر",
	externalSystemUrl:
		"external system url|url|link|crm link|web page|website|webseite|internetseite|sitio web|site web|sito web|site|hjemmeside|strona|strona internetowa|webbplats|web sitesi|сайт|посилання|ウェブサイト|リンク|웹사이트|링크|网址|网站|链接|الموقع|رابط",
	organization:
		"organization|organisation|company|company name|account|account name|firma|firmenname|unternehmen|empresa|organización|société|entreprise|azienda|società|organizzazione|organização|bedrijf|bedrijfsnaam|organisatie|organizacja|nazwa firmy|företag|şirket|kuruluş|компанія|організація|会社|会社名|組織|회사|회사명|조직|公司|公司名称|单位|组织|الشركة|المؤسسة|المنظمة",
};

/** Letters and digits alone: “E-Mail:” is “email”. */
function bare(text: string): string {
	return folded(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}

const known = new Map<string, ContactColumn>();
for (const column of contactColumns)
	for (const one of [column, ...spellings[column].split("|")])
		if (!known.has(bare(one)) || one === column) known.set(bare(one), column);

/** The column that a heading of a file names; undefined where nobody knows it. */
export function contactColumnOf(heading: string): ContactColumn | undefined {
	return known.get(bare(heading));
}

/**
 * The columns of a file by its headings. One that two headings name is the first one's: of “Phone” and “Work phone” the second
 * is another number, where there is room for it.
 */
export function contactColumnsOf(headings: readonly string[]): Array<ContactColumn | undefined> {
	const taken = new Set<ContactColumn>();
	const exact = headings.map((one) => contactColumns.find((column) => bare(column) === bare(one)));
	for (const one of exact) if (one) taken.add(one);
	return headings.map((heading, at) => {
		const own = exact[at];
		if (own) return exact.indexOf(own) === at ? own : undefined;
		const wanted = contactColumnOf(heading);
		const free = wanted && [wanted, ...(others[wanted] ?? [])].find((one) => !taken.has(one));
		if (free) taken.add(free);
		return free;
	});
}

/** Of the column with whole names beside those of their parts: what it says counts in rows that have no name but there. */
export function wholeNameAt(headings: readonly string[]): number | undefined {
	const columns = contactColumnsOf(headings);
	const at = headings.findIndex((one, n) => columns[n] === undefined && contactColumnOf(one) === "lastName");
	return at < 0 ? undefined : at;
}

/** Where a further number or address goes. */
const others: Partial<Record<ContactColumn, readonly ContactColumn[]>> = {
	cellPhone: ["otherPhone"],
	workPhone: ["otherPhone"],
	homePhone: ["otherPhone"],
	workEmail: ["otherEmail"],
	personalEmail: ["otherEmail"],
};

/** How people of the panel's fifteen languages write that an extension follows, in full and short. Regular expressions. */
const words: Readonly<Record<string, readonly string[]>> = {
	en: ["extension", "extn?", "x", "#"],
	de: ["durchwahl", "nebenstelle", "apparat", "app", "dw", "nst", "hausapparat"],
	fr: ["poste", "postes?\\s+interne"],
	es: ["extensión", "extension", "anexo", "interno", "int"],
	it: ["interno", "int", "derivazione"],
	pt: ["ramal", "extensão", "extensao"],
	nl: ["toestel(?:nummer)?", "tst", "doorkiesnummer"],
	pl: ["wewnętrzny", "wewnetrzny", "wewn?", "(?:nr|numer)\\s+wewn(?:ętrzny|etrzny)?"],
	sv: ["anknytning", "ankn", "anknytningsnummer"],
	tr: ["dahili(?:\\s+(?:no|numara))?", "dah"],
	ja: ["内線(?:番号)?"],
	ko: ["내선(?:\\s?번호)?"],
	"zh-Hans": ["分机号?码?", "转", "轉", "内线", "分機號?"],
	uk: ["внутрішній(?:\\s+номер)?", "внутр", "вн", "додатковий", "дод", "добавочный", "доб"],
	ar: ["تحويلة", "داخلي", "فرعي", "الرقم\\s+الداخلي"],
};

const all = Object.values(words).flat().join("|");
/** `ext. no. 12`, `poste n° 12`, `Apparat Nr. 12`. */
const numberSign = "(?:n[o°º]|nr|num)";

/** The number in front, and the digits behind one of the words. */
export const extensionWord: RegExp = new RegExp(
	`^(.*\\d[^\\d\\p{L}]*?)\\s*[;,]?\\s*(?:\\(\\s*)?(?:${all})\\s*[.:=]?\\s*(?:${numberSign}\\s*[.:]?\\s*)?-?\\s*([\\d*#]+)\\s*\\)?\\s*$`,
	"iu",
);

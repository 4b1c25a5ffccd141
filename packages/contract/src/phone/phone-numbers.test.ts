import { describe, expect, it } from "vitest";
import { countries } from "./countries.ts";
import { phoneMetadata } from "./metadata.ts";
import { createPhoneNumbers, type ReadAddress } from "./phone-numbers.ts";

const phones = createPhoneNumbers(phoneMetadata);

/** As short as a person would say it: `+1317…`, `+1317… then 45`, `a | b`, or why not. */
function said(text: string, country = "US"): string {
	return spell(phones.read(text, { country }));
}

function spell(address: ReadAddress): string {
	if (address.kind === "choice") return address.numbers.map(spell).join(" | ");
	if (address.kind === "unreadable") return address.reason;
	return address.kind === "number" && address.after ? `${address.dial} then ${address.after}` : address.dial;
}

const clara = "+13175550142";

describe("a number as people write it", () => {
	it.each([
		["317-555-0142", clara],
		["(317) 555-0142", clara],
		["317.555.0142", clara],
		["1 317 555 0142", clara],
		["+1 (317) 555-0142", clara],
		["+ 1 317 555 0142", clara],
		["tel:+13175550142", clara],
		["TEL:+1-317-555-0142", clara],
		["tel:%2B13175550142", clara],
		["tel://+13175550142", clara],
		["callto:+13175550142", clara],
		["callto://317-555-0142", clara],
		["callto:tel:+13175550142", clara],
		["317/555-0142", clara],
		["011 1 317 555 0142", clara],
		["001 317 555 0142", clara],
	])("%s", (text, dialled) => expect(said(text)).toBe(dialled));

	it.each([
		["non-breaking hyphen", "317\u2011555\u20110142"],
		["en dash", "317–555–0142"],
		["minus", "317−555−0142"],
		["full-width digits and plus", "＋１３１７５５５０１４２"],
		["Arabic digits", "٣١٧٥٥٥٠١٤٢"],
		["Devanagari digits", "३१७५५५०१४२"],
		["no-break spaces", "317\u00a0555\u202f0142"],
		["directional marks", "\u202a+1\u200e 317 555 0142\u202c"],
		["zero-width space and byte order mark", "\ufeff317\u200b5550142"],
		["soft hyphen", "317\u00ad5550142"],
		["tabs and line ends around it", "\t317 555 0142\n"],
	])("with %s", (_what, text) => expect(said(text)).toBe(clara));

	it.each([
		["317-555-0142 (mobile)", clara],
		["317-555-0142 Clara Bell", clara],
		["Tel.: 317-555-0142", clara],
		["Phone 317-555-0142, home", clara],
		["call me at (317) 555-0142 please", clara],
		["Clara <317-555-0142>", clara],
	])("with words around it: %s", (text, dialled) => expect(said(text)).toBe(dialled));
});

describe("an extension is sent after the answer", () => {
	it.each([
		["317-555-0142 x45", "45"],
		["317-555-0142x45", "45"],
		["317-555-0142 ext. 45", "45"],
		["317-555-0142 ext 45", "45"],
		["317-555-0142 Extension: 45", "45"],
		["317-555-0142 (ext. 45)", "45"],
		["317-555-0142 #45", "45"],
		["tel:+1-317-555-0142;ext=45", "45"],
		["+13175550142,,45", ",45"],
		["+13175550142,45", "45"],
		["+13175550142,,45#", ",45#"],
		["+13175550142,,,45,,9", ",,45,,9"],
		["317-555-0142p45", "45"],
		["317-555-0142w45", "45"],
		["317-555-0142 w 45", "45"],
		["317-555-0142pp45", ",45"],
	])("%s", (text, after) => expect(said(text)).toBe(`${clara} then ${after}`));

	it.each([
		..."Apparat 45;App. 45;Durchwahl -45;DW 45;Nst. 45;poste 45;poste n° 45;extensión 45;int. 45;interno 45;ramal 45".split(
			";",
		),
		..."toestel 45;tst. 45;wewn. 45;wew 45;numer wewnętrzny 45;anknytning 45;ankn. 45;dahili 45;dahili: 45".split(";"),
		..."内線45;（内線 45）;내선 45;내선번호 45;分机 45;分机号 45;转45;внутр. 45;вн. 45;доб. 45;تحويلة 45;داخلي ٤٥".split(
			";",
		),
	])("was known in English alone: %s", (words) => expect(said(`317-555-0142 ${words}`)).toBe(`${clara} then 45`));

	it.each(["317-555-0142 extra 3", "317-555-0142 Apartment 12", "317-555-0142 Intake 7"])("%s has none", (text) =>
		expect(said(text)).toBe("mixed"),
	);

	it("is found behind a number of another country", () => {
		expect(said("+49 30 901820 Durchwahl 12", "DE")).toBe("+4930901820 then 12");
	});
});

describe("a zero that is dialled only at home", () => {
	it.each([
		["+44 (0)20 7946 0958", "US", "+442079460958"],
		["+44(0)20 7946 0958", "GB", "+442079460958"],
		["0044 (0)20 7946 0958", "DE", "+442079460958"],
		["+49 (0)30 901820", "US", "+4930901820"],
		["020 7946 0958", "GB", "+442079460958"],
		["+39 06 6982", "US", "+39066982"],
		["+39 (0)6 6982 1234", "US", "+390669821234"],
	])("%s in %s", (text, country, dialled) => expect(said(text, country)).toBe(dialled));
});

describe("two numbers in one field are never glued into one", () => {
	it.each([
		["317-555-0123 / 0124", "+13175550123 | +13175550124"],
		["317-555-0123 / 317-555-0124", "+13175550123 | +13175550124"],
		["317-555-0123; 317-555-0124", "+13175550123 | +13175550124"],
		["317-555-0123, 317-555-0124", "+13175550123 | +13175550124"],
		["317-555-0123 or 317-555-0124", "+13175550123 | +13175550124"],
		["317-555-0123\n+44 20 7946 0958", "+13175550123 | +442079460958"],
		["317-555-0123 x4 / 317-555-0124", "+13175550123 then 4 | +13175550124"],
		["317-555-0123 / 317-555-0123", "+13175550123"],
		["317-555-0123 home 317-555-0124 work", "+13175550123 | +13175550124"],
		["home 317-555-0123 mobile 317-555-0124", "+13175550123 | +13175550124"],
		["Clara 317-555-0123 Tel. (317) 555-0124 privat", "+13175550123 | +13175550124"],
	])("%s", (text, numbers) => expect(said(text)).toBe(numbers));

	it.each(["317-555-0123317-555-0124", "3175550123 3175550124"])("%s is refused", (text) =>
		expect(said(text)).toMatch(/^(tooLong|unknownCountry|noNumber)$/),
	);

	it("was said to hold no number, where one stood beside digits that nobody can read", () => {
		expect(said("317 555 0123 option 3")).toBe("mixed");
		expect(said("Room 5, call 317-555-0123")).toBe("mixed");
		// What stood behind a comma was left away in silence.
		expect(said("317 555 0123, ext. 4 then 5")).toBe("mixed");
		expect(said("317 555 0123, 2nd floor")).toBe("mixed");
	});

	it("a slash behind an area code is no second number", () => {
		expect(said("030/901820", "DE")).toBe("+4930901820");
		expect(said("030 / 90 18 20", "DE")).toBe("+4930901820");
	});
});

describe("codes are dialled as they stand", () => {
	it.each([
		["*67 317 555 0123", "*673175550123"],
		["*67 (317) 555-0123", "*673175550123"],
		["*67 +1 317-555-0123", "*67+13175550123"],
		["#31# 030 123456", "#31#030123456"],
	])("with a number behind it was dialled with its spaces: %s", (text, dialled) => expect(said(text)).toBe(dialled));

	it.each(["911", "112", "4711", "*67", "#31#", "100200"])("%s", (text) => expect(said(text)).toBe(text));
});

it.each([
	["(0) 12", "DE"],
	["(1) 12", "US"],
	["(0) 1 23", "US"],
	["(0) 115", "DE"],
	["(0)112", "DE"],
	["+49 (0) 115", "DE"],
])("the beginning of a number was dialled as a code, and called for help: %s in %s", (text, country) =>
	expect(said(text, country)).toBe("tooShort"),
);

describe("what is no number is said to be none", () => {
	it.each([
		["", "empty"],
		["\u200b \u202e", "empty"],
		["Clara", "noNumber"],
		["---", "noNumber"],
		["+", "noNumber"],
		["12 Main Street 46204", "noNumber"],
		["12 Main Street", "noNumber"],
		["100 USD", "noNumber"],
		["555-0142-12345678901234", "tooLong"],
		["+999 123 456 789", "unknownCountry"],
		["1".repeat(600), "tooLong"],
	])("%j", (text, reason) => expect(said(text)).toBe(reason));

	it("never throws, whatever comes", () => {
		for (const text of [
			"%",
			"tel:%E0%A4%A",
			"sip:",
			"tel:",
			";ext=",
			",,,,",
			"x45",
			"(((((",
			"+".repeat(50),
			"\ud800",
		]) {
			expect(said(text)).toEqual(expect.any(String));
		}
	});
});

describe("SIP addresses", () => {
	it.each([
		["sip:anna@example.com", "sip:anna@example.com"],
		["SIPS:+4930901820@example.com;user=phone", "sips:+4930901820@example.com;user=phone"],
	])("%s", (text, dialled) => expect(said(text)).toBe(dialled));
	it.each(["a@b;x=y\r\nInjected: 1", "a@b;x=y%0d%0aInjected:%201", "a@b\tc", "a@b?Subject=x", '"a"<b@c>'])(
		"carried a line of its own, or more than an address, into what goes out: %j",
		(rest) => expect(said(`sip:${rest}`)).toBe("noNumber"),
	);

	it("without a host is none", () => expect(said("sip:anna")).toBe("noNumber"));
});

it("a number that was copied out of an address, without its scheme, was none", () => {
	expect([said("%2B1%20317-555-0142"), said("+1%20317%20555%200142"), said("100% 317")]).toEqual([
		clara,
		clara,
		"noNumber",
	]);
});

describe("keypad words", () => {
	it("are spelled by keys", () => expect(said("1-800-FLOWERS")).toBe("+18003569377"));
	it("do not touch a number that is one without them", () => expect(said("317-555-0142 HOME")).toBe(clara));
});

describe("a number for the reader's eyes", () => {
	it.each([
		[clara, "US", "(317) 555-0142"],
		[clara, "DE", "+1 317 555 0142"],
		["tel:+442079460958", "GB", "020 7946 0958"],
		["+13175550142;ext=45", "US", "(317) 555-0142 x45"],
		["317 555 0142,,45", "US", "(317) 555-0142 x45"],
		["911", "US", "911"],
		["sip:anna@example.com", "US", "anna@example.com"],
		["anonymous", "US", "anonymous"],
		["", "US", ""],
	])("%s in %s", (number, country, text) => expect(phones.format(number, { country })).toBe(text));

	it("an organization without a country writes them all internationally", () => {
		expect(phones.format(clara, { country: "" })).toBe("+1 317 555 0142");
	});
});

it("a number of the right length that no numbering plan has was one", () => {
	expect(["+13175550123", "+4915155501234", "+10151555105", "+1", "911"].map(phones.isPlanned)).toEqual([
		...[true, true],
		...[false, false, false],
	]);
});

it("the console offered an organization countries that the server refused: those that numbers are known of are one list", () => {
	expect(countries).toEqual(Object.keys(phoneMetadata.countries).sort());
});

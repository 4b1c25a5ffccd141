import { readFileSync } from "node:fs";

/** Those of eight and more characters that are found most often where passwords were stolen, in lower case; see its LICENSE. */
const mostCommon = new Set(readFileSync(new URL("./most-common-passwords.txt", import.meta.url), "utf8").split("\n"));

/**
 * Words and walks that people choose, in lower case, without the digits and marks that they put around them. Made for
 * Inlay from general knowledge, for what no list has: this year's `Summer2026!`, words of other languages.
 */
const stems = new Set(
	`
	password passwort passwd passw pass passcode passphrase pw kennwort parole contrasena motdepasse senha wachtwoord haslo
	secret geheim topsecret private changeme change letmein letmeinnow openup opensesame sesame access login signin
	signon logon welcome willkommen bienvenue bienvenido hello hallo helloworld hi guest gast visitor user username
	usuario benutzer admin administrator administrador root toor superuser sysadmin master mastermind manager boss
	default standard temp temporary temppass test tester testing testtest testuser demo sample example beispiel
	trial newuser firstlogin initial start starter begin new newpass newpassword mypassword mypass yourpassword
	thepassword nopassword password password passwordone forgot forgotten remember reset unlock
	abc abcd abcde abcdef abcdefg abcdefgh abcabc aaa aaaa xxx xxxx zzz asd asdf asdfg asdfgh asdfghj asdfghjk
	asdfghjkl asdasd asdfasdf qwe qwer qwert qwerty qwertyu qwertyui qwertyuio qwertyuiop qwertz qwertzu qwertzui
	qwertzuiop azerty azertyuiop qazwsx qazwsxedc qaz wsx zaq xsw zaqxsw zaqwsx qweasd qweasdzxc zxc zxcv zxcvb
	zxcvbn zxcvbnm yxcvbnm poiuyt poiuytrewq lkjhgf lkjhgfdsa mnbvcxz dvorak
	iloveyou ilovegod iloveu iloveme loveyou loveme love lover lovely lovers liebe schatz ichliebedich teamo teiubesc
	jetaime amor amore amour mylove mybaby baby babygirl babyboy babe angel angels darling honey sweetheart sweety
	sweetie sugar princess prinzessin princesa prince queen king kingdom sunshine sunflower rainbow butterfly flower
	flowers rose roses lily daisy jasmine violet cherry peaches strawberry banana orange apple lemon melon cookie
	chocolate candy coffee pizza cheese bacon butter pepper ginger vanilla whiskey vodka beer
	monkey dragon drachen tiger lion panther jaguar eagle falcon phoenix dolphin shark turtle panda bear teddybear
	teddy kitty kitten cat dog doggy puppy horse bunny rabbit chicken mouse mickey minnie donald goofy bandit
	shadow ghost ninja samurai warrior hunter killer assassin soldier ranger rider wizard merlin magic magician
	superman batman spiderman ironman hulk avengers starwars startrek darthvader skywalker yoda matrix neo trinity
	gandalf frodo hobbit pokemon pikachu naruto goku zelda mario sonic minecraft fortnite roblox warcraft
	football fussball futbol soccer baseball basketball volleyball hockey tennis golf cricket rugby boxing wrestling
	liverpool arsenal chelsea manchester barcelona realmadrid juventus bayern dortmund schalke yankees lakers cowboys
	eagles steelers packers redsox patriots rangers broncos raiders
	summer sommer winter spring autumn fall herbst fruhling january february march april may june july august
	september october november december januar februar marz mai juni juli oktober dezember monday tuesday wednesday
	thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag christmas weihnachten
	easter ostern birthday holiday vacation urlaub weekend today tomorrow
	michael jennifer jessica ashley amanda daniel david andrew joshua matthew anthony robert william james john george
	thomas charlie charles jordan justin brandon tyler austin harley maggie nicole michelle melissa stephanie samantha
	elizabeth victoria katherine hannah sarah laura emily olivia sophie sophia andrea maria alexander maximilian
	christian stefan markus martin peter klaus hans anna lisa julia lukas leon max
	america american canada mexico brazil brasil england london paris berlin hamburg munich muenchen germany
	deutschland france italy italia espana spain austria schweiz europe tokyo china india texas florida california
	newyork chicago boston denver dallas houston
	computer laptop internet google facebook twitter instagram linkedin youtube microsoft windows linux ubuntu apple
	iphone android samsung nokia amazon netflix oracle cisco database server service services network system windowsxp
	software hardware developer programmer company firma office buero business sales support helpdesk contact center
	callcenter contactcenter customer customerservice agent supervisor operator phone telephone telefon
	mustang ferrari porsche mercedes bmw audi toyota honda yamaha corvette camaro chevy ford jeep
	metallica nirvana slipknot eminem beatles guitar music rockyou rocknroll hiphop blink
	jesus jesuschrist christ god godisgood blessed blessing heaven faith grace hope peace freedom liberty trust trustno
	trustme believe happy happiness lucky smile peaceful forever family mother father mama papa mommy daddy brother
	sister friend friends bestfriend freunde
	whatever nothing something anything everything nobody somebody fuckyou fuckoff fuck bitch asshole bullshit sexy
	hottie stupid idiot crazy loser winner money cash dollar euro rich million millionaire bitcoin diamond silver
	gold golden platinum crystal purple yellow green blue black white red pink
	computer compaq dell lenovo internet explorer hackme hacker cheater player gamer gaming playboy cowboy
	q2w3e q2w3e4r q2w3e4r5t q2w3e4r5t6y qaz2wsx qaz2wsx3edc zaq12wsx xsw21qaz qwe123 a1b2c3 a1b2c3d4 abc123 abcd1234
	correcthorsebatterystaple trustnoone thisisapassword thisismypassword iamtheboss
	inlay genesys purecloud salesforce dynamics zendesk
	`
		.trim()
		.split(/\s+/),
);

const rows = [
	"qwertyuiop",
	"qwertzuiop",
	"azertyuiop",
	"asdfghjkl",
	"zxcvbnm",
	"1234567890",
	"abcdefghijklmnopqrstuvwxyz",
];
const walks = [...rows, ...rows.map((row) => [...row].reverse().join(""))].map((row) => row + row);

const lookalikes: Readonly<Record<string, string>> = {
	"@": "a",
	"4": "a",
	"3": "e",
	"€": "e",
	"1": "i",
	"!": "i",
	"|": "l",
	"0": "o",
	"5": "s",
	$: "s",
	"7": "t",
	"+": "t",
};

/** Digits alone are a date or a telephone number, unless there are many. */
const fewestDigits = 12;
/** Different characters that a password has at least. */
const fewestCharacters = 5;

/** Whether a password is among the first that somebody would try. Letter case does not matter. */
export function isCommonPassword(password: string): boolean {
	const lower = password.toLowerCase();
	if (mostCommon.has(lower) || mostCommon.has(unmasked(lower))) return true;
	if (new Set(lower).size < fewestCharacters) return true;
	if (/^\d+$/.test(lower) && lower.length < fewestDigits) return true;
	return [lower, repeatedPart(lower)].some((text) => isWalk(text) || isStem(text) || isStem(unmasked(text)));
}

/** The word itself, between what was put around it, with and without its gaps. */
function isStem(text: string): boolean {
	const bare = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
	return stems.has(bare) || stems.has(bare.replace(/[\s._-]+/g, "")) || isWalk(bare);
}

/** `p@ssw0rd1` reads `password1`: digits at the end count as digits. */
function unmasked(text: string): string {
	const [, body = "", tail = ""] = /^(.*?)([\d!?.]*)$/s.exec(text) ?? [];
	return [...body].map((character) => lookalikes[character] ?? character).join("") + tail;
}

/** A stretch of the keyboard or the alphabet, in either direction. */
function isWalk(text: string): boolean {
	return text.length >= 6 && walks.some((row) => row.includes(text));
}

/** `abcabc` is `abc` twice. */
function repeatedPart(text: string): string {
	const at = (text + text).indexOf(text, 1);
	return at > 0 && at < text.length ? text.slice(0, at) : text;
}

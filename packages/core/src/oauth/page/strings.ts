import ar from "./languages/ar.json" with { type: "json" };
import de from "./languages/de.json" with { type: "json" };
import es from "./languages/es.json" with { type: "json" };
import fr from "./languages/fr.json" with { type: "json" };
import it from "./languages/it.json" with { type: "json" };
import ja from "./languages/ja.json" with { type: "json" };
import ko from "./languages/ko.json" with { type: "json" };
import nl from "./languages/nl.json" with { type: "json" };
import pl from "./languages/pl.json" with { type: "json" };
import pt from "./languages/pt.json" with { type: "json" };
import sv from "./languages/sv.json" with { type: "json" };
import tr from "./languages/tr.json" with { type: "json" };
import uk from "./languages/uk.json" with { type: "json" };
import zhHans from "./languages/zh-Hans.json" with { type: "json" };

/** Everything that the server's own pages say to who is not in yet: signing in, and where the panel may not be shown. `{name}` is filled in. */
export interface SignInStrings {
	/** Language tag of the page. */
	language: string;
	signIn: string;
	toContinue: string;
	/** Where the sign-in leads when that is not this server itself; `{host}` with its port. */
	returnsTo: string;
	username: string;
	password: string;
	showPassword: string;
	hidePassword: string;
	submit: string;
	busy: string;
	wrong: string;
	wait: string;
	/** Many people sign in at once. */
	crowded: string;
	/** The organization does not let people in from this address. */
	address: string;
	expired: string;
	outdated: string;
	/** A form was sent again after it had let somebody in. */
	usedForm: string;
	/** The page cannot be shown for now. */
	notNow: string;
	/** The database is away; nothing was done. */
	notNowData: string;
	/** Too many requests from one address; `{time}`. */
	notNowMany: string;
	/** Anything else; `{id}` is that of the line in the log. */
	notNowOther: string;
	tryAgain: string;
	startAgain: string;
	codeTitle: string;
	codeLead: string;
	code: string;
	wrongCode: string;
	noApp: string;
	recoveryHint: string;
	recoveryCode: string;
	useRecoveryCode: string;
	newPasswordTitle: string;
	newPasswordLead: string;
	newPassword: string;
	saveAndGoOn: string;
	enrolTitle: string;
	enrolLead: string;
	enrolScan: string;
	pictureOf: string;
	cannotScan: string;
	typeKey: string;
	enrolType: string;
	recoveryTitle: string;
	recoveryLead: string;
	keptThem: string;
	/** What a password must have; `{count}` is how many, with plural forms. */
	ruleLength: string;
	ruleDigits: string;
	ruleLetters: string;
	ruleUpper: string;
	ruleLower: string;
	ruleSpecials: string;
	ruleNames: string;
	tooLong: string;
	common: string;
	ownName: string;
	same: string;
	demoTitle: string;
	continueAs: string;
	cannotSignIn: string;
	unknownClient: string;
	unknownRedirect: string;
	badRequest: string;
	forged: string;
	signedOut: string;
	signedOutText: string;
	/** `{name}` of an identity provider, here and in what begins with `sso` and `trial`. */
	continueWith: string;
	withPassword: string;
	/** Where passwords are off: one text for a wrong password and for one that does not count, so that it tells nobody which. */
	wrongOrOff: string;
	passwordsOff: string;
	windowOpened: string;
	windowBlocked: string;
	/** In the frame: nothing comes of the window any more. */
	windowClosed: string;
	/** In the window: no frame takes what came of it. */
	windowLost: string;
	handedOver: string;
	ssoProvider: string;
	ssoUnknown: string;
	ssoOtherBrowser: string;
	ssoProviderRefused: string;
	ssoUnreachable: string;
	ssoNotProven: string;
	ssoTransient: string;
	ssoAddress: string;
	ssoAddressTaken: string;
	ssoNoAccount: string;
	ssoNotAllowed: string;
	ssoInactive: string;
	trialTitle: string;
	trialLead: string;
	trialAccount: string;
	trialNew: string;
	trialGains: string;
	trialNothing: string;
	trialClaims: string;
	/** In the frame of a pane that there is not; `{component}` is its name. */
	noPaneTitle: string;
	noPaneText: string;
	/** In the frame of a page that may not show the panel; `{origin}` is that page. */
	notEmbeddedTitle: string;
	notEmbeddedText: string;
	/** In the frame while the server cannot tell who may show the panel. */
	awayTitle: string;
	awayText: string;
}

export const english: SignInStrings = {
	language: "en",
	signIn: "Sign in",
	toContinue: "to continue to {client}",
	returnsTo: "After signing in you go to {host}. Sign in only if you know it.",
	username: "User name or e-mail",
	password: "Password",
	showPassword: "Show",
	hidePassword: "Hide",
	submit: "Sign in",
	busy: "Signing in…",
	wrong: "The user name or the password is not right. Check both and try again.",
	wait: "There were too many failed attempts. Wait {time} and try again.",
	crowded: "Many people are signing in at this moment. Wait {time} and try again.",
	address:
		"Your organization does not let anybody sign in from this network. Use another one, or ask your administrator.",
	expired: "This page had been open for too long. Please sign in again.",
	outdated: "Your sign-in data has changed meanwhile. Please sign in again.",
	usedForm: "This form has been used already. Please sign in again.",
	notNow: "Signing in does not work just now",
	notNowData: "The server cannot reach its data at the moment. Nothing is lost. Try again in a few seconds.",
	notNowMany: "There were too many requests from your network. Wait {time} and try again.",
	notNowOther: "Something went wrong. Try again; if it stays so, give your administrator this number: {id}",
	tryAgain: "Try again",
	startAgain: "Sign in as somebody else",
	codeTitle: "Enter your code",
	codeLead: "Your authenticator app shows six digits for this account.",
	code: "Six-digit code",
	wrongCode: "That code is not right, or was used before. Wait for the next one and try again.",
	noApp: "I do not have my app at hand",
	recoveryHint: "Use one of the recovery codes that you have kept. Each is good once.",
	recoveryCode: "Recovery code",
	useRecoveryCode: "Use recovery code",
	newPasswordTitle: "Choose a new password",
	newPasswordLead: "Your password has to be changed before you can go on to {client}.",
	newPassword: "New password",
	saveAndGoOn: "Save and go on",
	enrolTitle: "Set up an authenticator app",
	enrolLead: "Your organization asks for a code beside the password. It takes a minute, once.",
	enrolScan: "Open an authenticator app on your phone and scan this picture.",
	pictureOf: "QR code for your authenticator app",
	cannotScan: "I cannot scan it",
	typeKey: "Add an account by hand, by time, with this key:",
	enrolType: "Type the six digits that the app shows.",
	recoveryTitle: "Keep your recovery codes",
	recoveryLead:
		"With one of these you get in when your phone is lost. Each is good once. They are shown only now: write them down or put them into your password manager.",
	keptThem: "I have kept them",
	ruleLength: "At least {count} characters",
	ruleDigits: "{count, plural, one {At least one digit} other {At least # digits}}",
	ruleLetters: "{count, plural, one {At least one letter} other {At least # letters}}",
	ruleUpper: "{count, plural, one {At least one capital letter} other {At least # capital letters}}",
	ruleLower: "{count, plural, one {At least one small letter} other {At least # small letters}}",
	ruleSpecials:
		"{count, plural, one {At least one character that is neither letter nor digit} other {At least # characters that are neither letters nor digits}}",
	ruleNames: "Not your name, and nothing that many people use",
	tooLong: "At most {count} characters",
	common: "That password is among those that are guessed first. Choose another one, for example several words.",
	ownName: "That password is made of your own or your organization's name. Choose another one.",
	same: "That is the password that you have used until now. Choose another one.",
	demoTitle: "Demo: sign in with one click",
	continueAs: "Continue as {name}",
	cannotSignIn: "Sign-in is not possible",
	unknownClient:
		"The application that sent you here is not known, or is out of use. Ask your administrator to check its OAuth client.",
	unknownRedirect:
		"The address to return to is not registered for this application. Ask your administrator to add it to the OAuth client, letter for letter.",
	badRequest: "The address that brought you here is not complete. Go back and try again.",
	forged: "This form does not come from this sign-in page. Go back and open it again.",
	signedOut: "You are signed out",
	signedOutText: "You can close this window.",
	continueWith: "Continue with {name}",
	withPassword: "Sign in with a password",
	wrongOrOff:
		"This does not sign you in: the user name or the password is not right, or a password does not count for you, as it lets only administrators in.",
	passwordsOff:
		"A password lets only administrators of this organization in. Everybody else continues with the company's sign-in.",
	windowOpened: "Go on in the window that has opened.",
	windowBlocked: "Your browser has not opened the window. Allow pop-ups for this page and try again.",
	windowClosed:
		"The window was closed, or your company's sign-in page keeps it from reaching this page. Try again. If it stays so, open this application in a window of its own, or ask your administrator.",
	windowLost:
		"This window cannot reach the page that opened it, so you are not signed in there. Close it and try again there. If it stays so, open the application in a window of its own, or ask your administrator.",
	handedOver: "Go on in the page that opened this window. You can close this one.",
	ssoProvider: "The identity provider",
	ssoUnknown: "There is no identity provider of that name here, or it is switched off. Ask your administrator.",
	ssoOtherBrowser:
		"This sign-in was not begun in this browser, or too long ago. Begin again, and allow cookies for this site.",
	ssoProviderRefused:
		"{name} has not signed you in. Try again. If it stays so, ask those who look after {name} whether you may use this application.",
	ssoUnreachable:
		"{name} does not answer as it should. Try again in a moment. If it stays so, tell your administrator.",
	ssoNotProven:
		"What {name} has sent does not prove who you are, so nobody was signed in. Begin again. If it stays so, tell your administrator.",
	ssoTransient:
		"{name} gives you another name each time, by which nobody can be known again. Ask your administrator: it has to send a persistent NameID.",
	ssoAddress:
		"{name} has told no confirmed e-mail address of yours. Confirm your address there, or ask your administrator.",
	ssoAddressTaken:
		"Your e-mail address belongs to an account that {name} knows as somebody else. Ask your administrator.",
	ssoNoAccount: "There is no account for your e-mail address here. Ask your administrator for one.",
	ssoNotAllowed: "{name} has you in no group that may sign in here. Ask your administrator.",
	ssoInactive: "Your account is out of use. Ask your administrator.",
	trialTitle: "{name}: what came back",
	trialLead: "This was a trial. Nobody was signed in, and nothing was changed.",
	trialAccount: "Account:",
	trialNew: "A new one would be made.",
	trialGains: "Groups and roles by the mapping:",
	trialNothing: "None",
	trialClaims: "Everything that was told",
	awayTitle: "One moment",
	awayText: "The server is busy or starts anew. The agent client opens by itself as soon as it can.",
	noPaneTitle: "Not in Inlay",
	noPaneText:
		"Inlay has no pane called {component}. The agent client works without it; an administrator can take it off this page.",
	notEmbeddedTitle: "Not allowed here",
	notEmbeddedText:
		"This page, {origin}, may not embed the agent client yet. An administrator can add it to the deployment’s embedding pages (allowedOrigins); the client opens by itself then.",
};

/** All languages of the page; those of the panel and the console, which a test holds. */
export const translations: readonly SignInStrings[] = [ar, de, es, fr, it, ja, ko, nl, pl, pt, sv, tr, uk, zhHans];

/** The best of the offered languages for an Accept-Language header; English where none fits. */
export function stringsFor(acceptLanguage: string | undefined): SignInStrings {
	const wanted = (acceptLanguage ?? "")
		.split(",")
		.map((part) => {
			const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
			const quality = /q=([\d.]+)/.exec(parameters.join(";"))?.[1];
			return { language: primaryOf(tag), quality: quality === undefined ? 1 : Number(quality) };
		})
		.filter((one) => one.quality > 0)
		.sort((a, b) => b.quality - a.quality);
	for (const { language } of wanted) {
		const found = [english, ...translations].find((strings) => primaryOf(strings.language) === language);
		if (found) return found;
	}
	return english;
}

function primaryOf(tag: string): string {
	return tag.split("-")[0] ?? "";
}

export function fill(text: string, values: Record<string, string>): string {
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const plural = /^\{count, plural, ((?:\w+ \{[^{}]*\} ?)+)\}$/;

/** A text with `{count}`, or with the forms of the page's language: `{count, plural, one {…} other {…}}`. */
export function counted(text: string, count: number, language: string): string {
	const forms = plural.exec(text)?.[1];
	if (forms === undefined) return fill(text, { count: String(count) });
	const found = new Map([...forms.matchAll(/(\w+) \{([^{}]*)\}/g)].map(([, form, words]) => [form, words]));
	const form = found.get(new Intl.PluralRules(language).select(count)) ?? found.get("other") ?? "";
	return form.replaceAll("#", String(count));
}

/** "5 seconds", "2 minutes" in the page's language. */
export function spokenTime(seconds: number, language: string): string {
	const inMinutes = seconds >= 90;
	const amount = inMinutes ? Math.ceil(seconds / 60) : seconds;
	const unit = inMinutes ? "minute" : "second";
	return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

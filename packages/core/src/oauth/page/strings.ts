/** Everything that the sign-in pages say. `{name}` is filled in. */
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
}

const english: SignInStrings = {
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
};

const german: SignInStrings = {
	language: "de",
	signIn: "Anmelden",
	toContinue: "weiter zu {client}",
	returnsTo: "Nach der Anmeldung geht es zu {host}. Nur anmelden, wenn das bekannt ist.",
	username: "Benutzername oder E-Mail",
	password: "Passwort",
	showPassword: "Zeigen",
	hidePassword: "Verbergen",
	submit: "Anmelden",
	busy: "Anmeldung läuft …",
	wrong: "Benutzername oder Passwort stimmt nicht. Bitte beides prüfen und noch einmal versuchen.",
	wait: "Es gab zu viele Fehlversuche. Bitte {time} warten und noch einmal versuchen.",
	crowded: "Gerade melden sich sehr viele an. Bitte {time} warten und noch einmal versuchen.",
	address:
		"Ihre Organisation lässt aus diesem Netz keine Anmeldung zu. Bitte ein anderes benutzen oder die Verwaltung fragen.",
	expired: "Diese Seite war zu lange offen. Bitte noch einmal anmelden.",
	outdated: "Ihre Anmeldedaten haben sich inzwischen geändert. Bitte noch einmal anmelden.",
	usedForm: "Dieses Formular wurde schon benutzt. Bitte noch einmal anmelden.",
	notNow: "Die Anmeldung geht gerade nicht",
	notNowData:
		"Der Server erreicht seine Daten im Augenblick nicht. Nichts ist verloren. Bitte in einigen Sekunden noch einmal versuchen.",
	notNowMany: "Aus Ihrem Netz kamen zu viele Anfragen. Bitte {time} warten und noch einmal versuchen.",
	notNowOther:
		"Etwas ist schiefgegangen. Bitte noch einmal versuchen; bleibt es so, nennen Sie Ihrer Administration diese Nummer: {id}",
	tryAgain: "Noch einmal versuchen",
	startAgain: "Als jemand anderes anmelden",
	codeTitle: "Code eingeben",
	codeLead: "Ihre Authentifizierungs-App zeigt für dieses Konto sechs Ziffern.",
	code: "Sechsstelliger Code",
	wrongCode:
		"Dieser Code stimmt nicht oder wurde schon benutzt. Bitte den nächsten abwarten und noch einmal versuchen.",
	noApp: "Ich habe meine App nicht zur Hand",
	recoveryHint: "Benutzen Sie einen der Notfallcodes, die Sie aufbewahrt haben. Jeder gilt einmal.",
	recoveryCode: "Notfallcode",
	useRecoveryCode: "Notfallcode benutzen",
	newPasswordTitle: "Neues Passwort wählen",
	newPasswordLead: "Ihr Passwort muss geändert werden, bevor es zu {client} weitergeht.",
	newPassword: "Neues Passwort",
	saveAndGoOn: "Speichern und weiter",
	enrolTitle: "Authentifizierungs-App einrichten",
	enrolLead: "Ihre Organisation verlangt neben dem Passwort einen Code. Das dauert eine Minute, einmalig.",
	enrolScan: "Öffnen Sie auf dem Telefon eine Authentifizierungs-App und scannen Sie dieses Bild.",
	pictureOf: "QR-Code für Ihre Authentifizierungs-App",
	cannotScan: "Ich kann es nicht scannen",
	typeKey: "Legen Sie von Hand ein zeitbasiertes Konto mit diesem Schlüssel an:",
	enrolType: "Geben Sie die sechs Ziffern ein, die die App zeigt.",
	recoveryTitle: "Notfallcodes aufbewahren",
	recoveryLead:
		"Mit einem davon kommen Sie hinein, wenn das Telefon verloren ist. Jeder gilt einmal. Sie werden nur jetzt gezeigt: Schreiben Sie sie auf oder legen Sie sie in Ihren Passwortmanager.",
	keptThem: "Ich habe sie aufbewahrt",
	ruleLength: "Mindestens {count} Zeichen",
	ruleDigits: "{count, plural, one {Mindestens eine Ziffer} other {Mindestens # Ziffern}}",
	ruleLetters: "{count, plural, one {Mindestens ein Buchstabe} other {Mindestens # Buchstaben}}",
	ruleUpper: "{count, plural, one {Mindestens ein Großbuchstabe} other {Mindestens # Großbuchstaben}}",
	ruleLower: "{count, plural, one {Mindestens ein Kleinbuchstabe} other {Mindestens # Kleinbuchstaben}}",
	ruleSpecials:
		"{count, plural, one {Mindestens ein Zeichen, das weder Buchstabe noch Ziffer ist} other {Mindestens # Zeichen, die weder Buchstaben noch Ziffern sind}}",
	ruleNames: "Nicht der eigene Name und nichts, was viele benutzen",
	tooLong: "Höchstens {count} Zeichen",
	common: "Dieses Passwort gehört zu denen, die zuerst geraten werden. Bitte ein anderes wählen, etwa mehrere Wörter.",
	ownName: "Dieses Passwort besteht aus Ihrem eigenen Namen oder dem der Organisation. Bitte ein anderes wählen.",
	same: "Das ist das Passwort, das Sie bisher benutzt haben. Bitte ein anderes wählen.",
	demoTitle: "Demo: mit einem Klick anmelden",
	continueAs: "Weiter als {name}",
	cannotSignIn: "Anmeldung nicht möglich",
	unknownClient:
		"Die Anwendung, von der Sie kommen, ist unbekannt oder außer Betrieb. Bitte lassen Sie ihren OAuth-Client prüfen.",
	unknownRedirect:
		"Die Rücksprungadresse ist für diese Anwendung nicht eingetragen. Bitte lassen Sie sie im OAuth-Client genau so ergänzen.",
	badRequest:
		"Die Adresse, die Sie hierher geführt hat, ist unvollständig. Bitte zurückgehen und noch einmal versuchen.",
	forged: "Dieses Formular stammt nicht von dieser Anmeldeseite. Bitte zurückgehen und sie neu öffnen.",
	signedOut: "Sie sind abgemeldet",
	signedOutText: "Sie können dieses Fenster schließen.",
};

const all = [english, german];

/** The best of the offered languages for an Accept-Language header; English where none fits. */
export function stringsFor(acceptLanguage: string | undefined): SignInStrings {
	const wanted = (acceptLanguage ?? "")
		.split(",")
		.map((part) => {
			const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
			const quality = /q=([\d.]+)/.exec(parameters.join(";"))?.[1];
			return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
		})
		.filter((one) => one.quality > 0)
		.sort((a, b) => b.quality - a.quality);
	for (const { language } of wanted) {
		const found = all.find((strings) => strings.language === language);
		if (found) return found;
	}
	return english;
}

export function fill(text: string, values: Record<string, string>): string {
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A text with `{count}`, or with `{count, plural, one {…} other {…}}`: both languages have these two forms. */
export function counted(text: string, count: number): string {
	const plural = /^\{count, plural, one \{([^}]*)\} other \{([^}]*)\}\}$/.exec(text);
	if (!plural) return fill(text, { count: String(count) });
	return ((count === 1 ? plural[1] : plural[2]) ?? "").replace("#", String(count));
}

/** "5 seconds", "2 minutes" in the page's language. */
export function spokenTime(seconds: number, language: string): string {
	const inMinutes = seconds >= 90;
	const amount = inMinutes ? Math.ceil(seconds / 60) : seconds;
	const unit = inMinutes ? "minute" : "second";
	return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

/** Everything that the sign-in pages say. `{name}` is filled in. */
export interface SignInStrings {
	/** Language tag of the page. */
	language: string;
	signIn: string;
	toContinue: string;
	username: string;
	password: string;
	showPassword: string;
	hidePassword: string;
	submit: string;
	busy: string;
	wrong: string;
	wait: string;
	expired: string;
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
	username: "User name or e-mail",
	password: "Password",
	showPassword: "Show",
	hidePassword: "Hide",
	submit: "Sign in",
	busy: "Signing in…",
	wrong: "The user name or the password is not right. Check both and try again.",
	wait: "There were too many failed attempts. Wait {time} and try again.",
	expired: "This page had been open for too long. Please sign in again.",
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
	username: "Benutzername oder E-Mail",
	password: "Passwort",
	showPassword: "Zeigen",
	hidePassword: "Verbergen",
	submit: "Anmelden",
	busy: "Anmeldung läuft …",
	wrong: "Benutzername oder Passwort stimmt nicht. Bitte beides prüfen und noch einmal versuchen.",
	wait: "Es gab zu viele Fehlversuche. Bitte {time} warten und noch einmal versuchen.",
	expired: "Diese Seite war zu lange offen. Bitte noch einmal anmelden.",
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

/** "5 seconds", "2 minutes" in the page's language. */
export function spokenTime(seconds: number, language: string): string {
	const inMinutes = seconds >= 90;
	const amount = inMinutes ? Math.ceil(seconds / 60) : seconds;
	const unit = inMinutes ? "minute" : "second";
	return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

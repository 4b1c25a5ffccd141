import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("signIn", {
	title: "Sign-in",
	lead: "How everybody signs in, and how long that lasts.",
	factor: "Second factor",
	demandedOf: "Who is asked for a second factor",
	nobody: "Nobody",
	administrators: "Administrators",
	everybody: "Everybody",
	administratorsHint:
		"Administrators are all who may change people, roles, clients, rules of signing in, or what panels run.",
	factorHint:
		"Who has none yet sets up an authenticator app at the next sign-in. What is open now ends when its application renews it.",
	passwords: "Passwords",
	passwordsHint:
		"New passwords are held to this; those that many people use, or that are made of names, are always refused.",
	minimumLength: "Shortest length",
	minimumDigits: "Digits at least",
	minimumLetters: "Letters at least",
	minimumUpper: "Capital letters at least",
	minimumLower: "Small letters at least",
	minimumSpecials: "Other characters at least",
	minimumAgeSeconds: "Hours before its owner may change it again",
	expirationDays: "Days until it has to be changed; 0 for never",
	sessions: "How long a sign-in lasts",
	idles: "Sign people out who do nothing",
	idleMinutes: "Minutes without a request (5 to 480)",
	sessionDays: "Days after which everybody signs in again",
	offlineMinutes: "Minutes without a connection until somebody is Offline; 0 for never",
	everywhere: "Signing out of one application signs out of all",
	networks: "From where",
	allowlist: "Addresses and networks that people may sign in and work from, one a line",
	allowlistHint:
		"For example 203.0.113.0/24. Empty: from everywhere. Your own address must be among them. Whoever is signed in from elsewhere is out at once.",
	saved: "The rules of signing in have been saved.",
	minimumAgeSecondsHint: "Keeps people from going back to their old password at once. 0: at any time.",
	expirationDaysHint: "The next sign-in after that asks for another one.",
	idleHint: "Clicks and keys in a panel count, and so does a call. This ends what somebody has left open.",
	sessionHint: "However often an application has renewed its token. Parts of a day work: 0.5 is twelve hours.",
	offlineHint: "For who closes the panel, or loses the network, without signing out. Signing out is Offline at once.",
	everywhereHint: "Otherwise each application is signed out of by itself.",
	range: "Enter a number from {least} to {most}.",
	atLeastHour: "Enter a number of days up to {most}; one hour (0.042) is the least.",
	losesEverywhere:
		"So far people work from everywhere. From then on only from these; whoever is elsewhere is signed out at once:",
	losesNetworks: "Whoever works from these is signed out at once, and cannot sign in from there:",
	losesPasswords: "Everybody whose password is older has to set another one at the next sign-in.",
	losesIdle: "People who do nothing are signed out sooner. Whoever has done nothing for that long is out at once.",
	losesDays: "Sign-ins end sooner. Whoever signed in longer ago than that is signed out, in the middle of work, too.",
	demandAdministratorsTitle: "Ask administrators for a second factor?",
	demandAdministratorsText:
		"Every administrator who has none, you too, has to set up an authenticator app at the next sign-in. Whoever is signed in now is asked when their application renews its token, within a day as a rule. Agents notice nothing.",
	met: "{count, plural, one {One person who signs in by a password is} other {# people who sign in by a password are}} asked for it.",
	metWithout: "{count, plural, one {One of them has} other {# of them have}} none yet:",
	demandTitle: "Ask everybody for a second factor?",
	demandText:
		"Everybody who has none, you too, has to set up an authenticator app at the next sign-in. Whoever is signed in now is asked when their application renews its token, within a day as a rule: in the middle of work, too. Agents without a phone at hand cannot sign in then.",
});

export const t = textOf(texts);

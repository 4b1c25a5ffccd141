import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("signIn", {
	title: "Sign-in",
	lead: "How everybody signs in, and how long that lasts.",
	factor: "Second factor",
	secondFactor: "Ask everybody for a second factor",
	factorHint: "Who has none yet sets up an authenticator app at the next sign-in. What is open now stays open.",
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
	everywhere: "Signing out of one application signs out of all",
	networks: "From where",
	allowlist: "Addresses and networks that may sign in, one a line",
	allowlistHint: "For example 203.0.113.0/24. Empty: from everywhere. Your own address must be among them.",
	saved: "The rules of signing in have been saved.",
});

export const t = textOf(texts);

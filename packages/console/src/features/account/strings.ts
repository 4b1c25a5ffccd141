import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("account", {
	title: "Password, second factor, sign-ins",
	password: "Password",
	passwordHint: "When it has changed, everything else that is open for you ends: other browsers, other devices.",
	oldPassword: "Password until now",
	oldPasswordProblem: "That is not your password.",
	newPassword: "New password",
	changePassword: "Change password",
	passwordChanged: "Your password has been changed.",
	factor: "Second factor",
	factorHint:
		"A code from an authenticator app on your phone, asked for beside the password. Setting it up, or turning it off, ends everything else that is open for you.",
	required: "Your organization asks for a second factor: you have to set one up, here or when your sign-in is renewed.",
	setUp: "Set up an authenticator app",
	confirmPassword: "Your password",
	scan: "Scan this picture with an authenticator app, or add the key to it by hand. Then type the code that it shows.",
	picture: "QR code for your authenticator app",
	key: "Key",
	code: "Code from the app",
	codeOrRecovery: "Code from the app, or a recovery code",
	codeProblem: "That code is not right, or was used before. Wait for the next one.",
	turnOn: "Turn on",
	turnedOn: "From now on you are asked for a code when you sign in.",
	since: "On since {date}. {left, plural, one {# recovery code is} other {# recovery codes are}} left.",
	recoveryCodes: "Recovery codes",
	recoveryHint:
		"With one of these you get in when your phone is lost. Each is good once. They are shown only now: write them down, or put them into your password manager.",
	codesKept: "I have kept them",
	newCodes: "New recovery codes",
	newCodesText: "The ones that you have kept are worth nothing from then on.",
	turnOff: "Turn off",
	turnOffText: "Whoever knows your password can then sign in as you.",
	turnedOff: "You are no longer asked for a code.",
});

export const t = textOf(texts);

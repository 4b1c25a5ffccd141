import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("email", {
	title: "Email",
	lead: "The domains and addresses by which customers write emails, and the queue that answers.",
	addDomain: "Add domain",
	addRoute: "Add address",
	emptyTitle: "No domain yet",
	emptyText: "Add one, then its addresses, so that customers can write to you.",
	sentBy: "Sent by {host}",
	sentByNone: "Nothing can be sent: no mail server",
	noRoutes: "It has no address yet.",
	field_id: "Domain",
	domainProblem: "Enter a domain such as shop.example.",
	server: "Mail server that sends",
	serverHint:
		"Emails come in by SMTP at this server’s --smtp-port, or by HTTP. What agents write leaves by the server here.",
	field_host: "Server",
	field_port: "Port",
	portProblem: "Enter a port from 1 to 65535.",
	field_security: "Encryption",
	tls: "TLS from the first byte",
	starttls: "STARTTLS, required",
	none: "None",
	securityProblem: "A password is only sent over an encrypted connection.",
	field_user: "User name",
	field_password: "Password",
	field_dkimSelector: "DKIM selector",
	dkimHint:
		"What stands before ._domainkey, such as mail2026, where your mail server signs as well; the check looks for its key.",
	passwordKept: "One is kept. Leave this empty to keep it.",
	check: "Check",
	checkNow: "Check now",
	checkGood: "The server lets us in.",
	checkBad: "The server does not let us in: {reason}",
	address: "Address",
	field_pattern: "Before the @",
	patternProblem: "Enter letters, digits, dots, hyphens or underscores.",
	field_domain: "Domain",
	chooseDomain: "Choose a domain",
	field_queueId: "Queue",
	queueHint: "Holds for emails from now on; those under way stay where they are.",
	chooseQueue: "Choose a queue",
	field_threadingHours: "Same agent first for, hours",
	threadingHint: "Whoever answers so long after the end is offered to the agent of before first; 0: never.",
	threadingProblem: "Enter a whole number from 0 to 72.",
	outgoing: "What agents send",
	field_fromName: "Sender’s name",
	fromProblem: "Enter a name.",
	field_signature: "Signature",
	signatureHint: "Stands below every email, once. {names} are filled in.",
	field_hasOwnSignatures: "Agents may sign with their own signature",
	field_holdsSpam: "Keep aside what a filter before Inlay calls spam",
	field_signsOnce: "Only below the first email that is sent in a thread",
	field_autoBcc: "Copies, unseen",
	field_undoSeconds: "Agents can take back for, seconds",
	undoHint: "What they send leaves so much later; 0: at once.",
	undoProblem: "Enter a whole number from 0 to 30.",
});

const domainTexts = catalogue("emailDomain", {
	title: "Domain",
	all: "Email",
	addTitle: "Add a domain",
	create: "Create",
	created: "{name} is in service.",
	saved: "{name} has been saved.",
	remove: "Delete domain",
	removeTitle: "Delete {name}?",
	removeText: "Nothing can be sent from it any more. A domain that has addresses stays.",
	removed: "{name} is out of service.",
});

const routeTexts = catalogue("emailAddress", {
	title: "Address",
	all: "Email",
	addTitle: "Add an address",
	create: "Create",
	created: "{name} is in service.",
	saved: "{name} has been saved.",
	remove: "Delete address",
	removeTitle: "Delete {name}?",
	removeText: "Who writes to it is told that there is no such address. Emails under way can be read.",
	removed: "{name} is out of service.",
});

const mailboxTexts = catalogue("emailMailbox", {
	title: "Mailbox (IMAP)",
	hint: "Emails that arrive in this mailbox are brought here, at the latest after a minute. There, they are then in the folder “Imported”.",
	folder: "Folder",
	save: "Save mailbox",
	needed: "Fill this in.",
	remove: "Disconnect mailbox",
	removeText: "No more emails are brought from it. Those that were brought stay.",
	open: "Connected. Last looked into at {time}.",
	closed: "Not connected yet.",
	trouble: "It cannot be read: {reason}",
	again: "Look again",
});

const recordTexts = catalogue("emailRecords", {
	found: "{name}: {text}",
	unknown: "{name}: no name server has answered ({reason}). Check again later.",
	many: "{name}: there are several records, so that mail servers heed none. Keep one.",
	missing_mx: "MX: none. Mail servers do not find out where emails for {domain} go. Enter your mail server in DNS.",
	missing_spf:
		"SPF: none. What you send may be taken for spam. Enter a TXT record for {domain} that names your mail server, such as “v=spf1 mx -all”.",
	missing_dkim:
		"DKIM: no key under that selector. What you send is not known to be yours. Enter the TXT record that your mail server gives you, and check the selector of {domain}.",
	missing_own: "{name}: its record is not told yet. Enter it in DNS as it stands above.",
	other_dkim: "{name}: there is another key: {text}. Enter the record in DNS as it stands above.",
	unnamed_dkim:
		"DKIM: Inlay does not sign. Make a key, or enter the selector by which your mail server signs, and its key is looked for.",
	missing_dmarc:
		"DMARC: none. Others can write in your name. Enter a TXT record for _dmarc.{domain}, such as “v=DMARC1; p=none”.",
});

const dkimTexts = catalogue("emailDkim", {
	title: "Signature (DKIM)",
	hint: "Inlay can sign all that is sent from this domain, so that mail servers know that it is yours. The key stays here; its TXT record goes into your DNS.",
	none: "Inlay does not sign what is sent from this domain.",
	make: "Make a key",
	renew: "Change the key",
	waiting: "{selector} waits: enter this TXT record in DNS. Where one text is too long, divide it there.",
	signing: "{selector} signs what is sent. Its record has to stay in DNS.",
	ended: "{selector} signs no more. Leave its record in DNS until {date}, for emails that are on their way.",
	name: "Name of the TXT record",
	text: "Text of the TXT record",
	activate: "It is entered: sign by it",
	remove: "Delete key",
	removeTitle: "Delete {selector}?",
	removeSigning: "What is sent from now on is not signed by Inlay.",
	removeOther: "It cannot be brought back.",
});

const asideTexts = catalogue("emailAside", {
	title: "Kept aside",
	hint: "Emails with which nobody was disturbed. Let in what is wanted.",
	blocked: "Senders that are kept off",
	blockedOne: "Kept off: {sender}",
	unblock: "Let in again",
	held: "Emails that were kept aside",
	nothing: "No email was kept aside.",
	release: "Let in",
	why_blocked: "An agent has called its sender spam",
	why_spam: "A filter has called it spam",
	why_automatic: "A machine has written it",
	why_many: "Too many within ten minutes",
	why_unread: "It could not be read for a day",
	why_noAddress: "Its address was gone",
});

export const t = textOf(texts);
/** Of what an address keeps aside. */
export const a = textOf(asideTexts);
/** Of the keys of a domain. */
export const k = textOf(dkimTexts);
/** Of one domain. */
export const d = textOf(domainTexts);
/** Of one address. */
export const r = textOf(routeTexts);
/** Of the mailbox of an address. */
export const m = textOf(mailboxTexts);
/** Of what name servers tell of a domain. */
export const c = textOf(recordTexts);

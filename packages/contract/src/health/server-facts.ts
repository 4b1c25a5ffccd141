/** What a server says of itself, as far as it could find out; what is absent was not looked at. */
export interface ServerFacts {
	/** Origin at which browsers reach API and console. */
	publicUrl: string;
	/** What answered there. */
	address?: AddressFacts;
	/** Of an https address. */
	certificate?: CertificateFacts;
	/** The panel's own origin, likewise: agents reach that one. */
	panel?: { url: string; address?: AddressFacts; certificate?: CertificateFacts };
	/** Seconds between the server's clock and the database's. */
	clockOff?: number;
	/** Bytes that can be written where the data lies. */
	freeBytes?: number;
	/** The disk has less than what is kept for what runs: new work is refused. */
	isFull?: boolean;
	/** Milliseconds of an empty question. */
	databaseMs?: number;
	/** ISO time of the last backup; `untold` where nobody has said where one can read that. */
	backup?: { at: string } | "untold" | { unreadable: string };
	/** Whether a peer on the same machine got a media connection; with the address that it tried, empty where it was told none. */
	media?: { works: true } | { works: false; address: string; detail: string };
	/** Mail servers that did not let us in. */
	mailServers?: readonly { domain: string; host: string; detail: string }[];
	/** Domains whose mails are signed by a key (DKIM) that name servers do not tell, with the TXT record that they should. */
	unsignedMails?: readonly { domain: string; name: string; text: string }[];
	/** What was given up on within a day. */
	failedMails?: FailedSends;
	failedMessages?: FailedSends;
	/** Recordings of the last day that could not be written, or not to their end. */
	failedRecordings?: number;
	/** Now, ISO. */
	now: string;
}

export type AddressFacts = { answers: "same" | "other" } | { answers: "nobody"; detail: string };
export type CertificateFacts = { host: string; ends: string } | { host: string; fault: string };

export interface FailedSends {
	count: number;
	/** Of the last one. */
	detail: string;
	at: string;
}

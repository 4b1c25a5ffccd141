import { signal } from "@preact/signals";
import { type Api, ApiError } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Security } from "./email-forms.ts";

/** The mailbox of an address, as the server has it. */
export interface Mailbox {
	host: string;
	port: number;
	security: Security;
	user: string;
	folder: string;
	version: number;
	isOpen: boolean;
	/** Why it cannot be read. */
	trouble?: string;
	/** ISO 8601. */
	lookedAt?: string;
}

/** The same as it is typed. */
export interface MailboxForm {
	host: string;
	port: string;
	security: Security;
	user: string;
	/** Empty leaves the one that is kept. */
	password: string;
	folder: string;
}

export function mailboxFormOf(mailbox: Mailbox | undefined): MailboxForm {
	const { host = "", port = 993, security = "tls", user = "", folder = "INBOX" } = mailbox ?? {};
	return { host, port: String(port), security, user, folder, password: "" };
}

/** What is sent. */
export function mailboxBodyOf({ host, port, security, user, password, folder }: MailboxForm) {
	return {
		...{ host: host.trim(), port: Number(port), security, user: user.trim() },
		folder: folder.trim() || "INBOX",
		...(password === "" ? {} : { password }),
	};
}

/** Fields that cannot be sent as they are. @param isNew there is no password yet that could stay */
export function mailboxProblems({ host, port, user, password }: MailboxForm, isNew: boolean): Set<keyof MailboxForm> {
	const problems = new Set<keyof MailboxForm>();
	if (host.trim() === "") problems.add("host");
	if (user.trim() === "") problems.add("user");
	if (isNew && password === "") problems.add("password");
	if (!/^\s*\d{1,5}\s*$/.test(port) || Number(port) < 1 || Number(port) > 65_535) problems.add("port");
	return problems;
}

/** The mailbox from which an address's emails are brought, saved by itself. */
export class MailboxModel {
	/** Undefined: it has none. */
	readonly loaded: Loaded<Mailbox | undefined>;
	readonly form = signal<MailboxForm>(mailboxFormOf(undefined));
	readonly saving = new Task();
	/** Somebody has tried to save it: what is wrong is said. */
	readonly tried = signal(false);
	readonly #api: Api;
	readonly #path: string;

	/** @param path of the address */
	constructor(api: Api, path: string) {
		this.#api = api;
		this.#path = `${path}/mailbox`;
		this.loaded = new Loaded(async () => {
			const found = await api.request<Mailbox>("GET", this.#path).catch((error: unknown) => {
				if (error instanceof ApiError && error.status === 404) return undefined;
				throw error;
			});
			if (!this.isChanged) this.form.value = mailboxFormOf(found);
			return found;
		});
	}

	get isChanged(): boolean {
		const kept = JSON.stringify(mailboxFormOf(this.loaded.value));
		return JSON.stringify(this.form.value) !== kept;
	}

	change(part: Partial<MailboxForm>): void {
		this.form.value = { ...this.form.peek(), ...part };
	}

	/** Whether a field is wrong, and somebody has tried to save it like that. */
	isWrong(field: keyof MailboxForm): boolean {
		return this.tried.value && this.#problems().has(field);
	}

	#problems(): Set<keyof MailboxForm> {
		return mailboxProblems(this.form.value, this.loaded.value === undefined);
	}

	async save(): Promise<void> {
		this.tried.value = true;
		if (this.#problems().size > 0) return;
		const sent = this.form.peek();
		const body = mailboxBodyOf(sent);
		const version = this.loaded.value?.version ?? 0;
		const isSaved = await this.saving.run(() => this.#api.request("PUT", this.#path, { ...body, version }));
		if (isSaved) await this.#renew(sent);
	}

	async remove(): Promise<void> {
		const etag = `"${this.loaded.value?.version ?? 0}"`;
		const before = this.form.peek();
		const isGone = await this.saving.run(() => this.#api.request("DELETE", this.#path, undefined, { etag }));
		if (isGone) await this.#renew(before);
	}

	/** What was typed since then stays. */
	async #renew(sent: MailboxForm): Promise<void> {
		await this.loaded.load();
		const now = this.form.peek();
		const typed = Object.entries(now).filter(([field, text]) => text !== sent[field as keyof MailboxForm]);
		this.form.value = { ...mailboxFormOf(this.loaded.value), ...Object.fromEntries(typed) };
		this.tried.value = false;
	}
}

import { bySeverity, type FindingCode } from "@inlay/contract/health/codes";
import type { Finding, Fix, HealthReport } from "@inlay/contract/health/finding";
import { type HomePart, homeTopic } from "@inlay/contract/home";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { NewsChannel, type NewsParts } from "../../session/news-channel.ts";
import { type Seen, whileShown } from "../../shell/while-shown.ts";
import { applyFix } from "./apply-fix.ts";

/** What a browser has found in itself (`GET /api/inlay/v1/health/self-tests`). */
export interface SelfTestView {
	deploymentId?: string;
	/** Whoever was signed in, if one may see them. */
	user?: { id: string; name: string };
	/** Nobody was. */
	unverified?: boolean;
	isFramed: boolean;
	browser: string;
	findings: { code: FindingCode; values: Record<string, string | number> }[];
	at: string;
}

/** What nobody tells of is seen after so long, ms: a role that was taken, a certificate, a full disk. */
const readEveryMs = 30_000;
/** What the organization's findings are made of: of calls and queues there is nothing in them. */
const readParts: readonly HomePart[] = ["health", "troubles"];

/** What is wrong: read anew whenever the server says that something has changed, and now and then. */
export class HealthModel {
	readonly organization: Loaded<HealthReport>;
	readonly server: Loaded<HealthReport>;
	readonly selfTests: Loaded<SelfTestView[]>;
	readonly fixing = new Task();
	readonly selfTestUrl: string;
	readonly channel: NewsChannel;
	readonly #api: Api;
	readonly #page: Seen | undefined;

	/** @param panelUrl origin of the panels */
	constructor(
		api: Api,
		panelUrl: string,
		parts: Partial<Pick<NewsParts, "openSocket" | "after">> & { page?: Seen } = {},
	) {
		const { page, ...channel } = parts;
		this.#api = api;
		this.#page = page;
		this.selfTestUrl = `${panelUrl}/crm/self-test.html`;
		const report = (part: string) => () =>
			api.request<HealthReport>("GET", `/api/inlay/v1/health/findings?part=${part}`);
		this.organization = new Loaded(report("organization"));
		this.server = new Loaded(report("server"));
		this.selfTests = new Loaded(async () => {
			const path = "/api/inlay/v1/health/self-tests";
			return (await api.request<{ entities: SelfTestView[] }>("GET", path)).entities;
		});
		this.channel = new NewsChannel(api, {
			topics: readParts.map(homeTopic),
			onNews: () => this.#hear(),
			onOpen: () => void this.organization.refresh(),
			...channel,
		});
	}

	/** Where nobody looks nothing is read: once somebody does, all of it is. */
	#hear(): void {
		if (!(this.#page ?? document).hidden) void this.organization.refresh();
	}

	/** While the page is shown. @returns the way to stop */
	open(): () => void {
		void this.readAll();
		this.channel.start();
		const stop = whileShown(readEveryMs, () => void this.readAll(), this.#page);
		return () => {
			this.channel.stop();
			stop();
		};
	}

	async readAll(): Promise<void> {
		await Promise.all([this.organization.refresh(), this.server.refresh(), this.selfTests.refresh()]);
	}

	/** Of both, the worst first. */
	get findings(): Finding[] {
		const both = [...(this.organization.value?.findings ?? []), ...(this.server.value?.findings ?? [])];
		return both.sort(bySeverity);
	}

	/** Takes the one safe step. @returns whether it was taken */
	async fix(fix: Fix): Promise<boolean> {
		const done = await this.fixing.run(() => applyFix(this.#api, fix));
		await this.organization.refresh();
		return done;
	}
}

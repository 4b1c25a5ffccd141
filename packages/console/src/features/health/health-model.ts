import { bySeverity, type FindingCode } from "@inlay/contract/health/codes";
import type { Finding, Fix, HealthReport } from "@inlay/contract/health/finding";
import { homeTopic } from "@inlay/contract/home";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { NewsChannel, type NewsParts } from "../../session/news-channel.ts";
import { applyFix } from "./apply-fix.ts";

/** What a browser has found in itself (`GET /api/inlay/v1/health/self-tests`). */
export interface SelfTestView {
	deploymentId?: string;
	user?: { id: string; name: string };
	unverified?: boolean;
	isFramed: boolean;
	browser: string;
	findings: { code: FindingCode; values: Record<string, string | number> }[];
	at: string;
}

/** What nobody tells of is seen after so long, ms: a role that was taken, a certificate, a full disk. */
const readEveryMs = 30_000;

/** What is wrong: read anew whenever the server says that something has changed, and now and then. */
export class HealthModel {
	readonly organization: Loaded<HealthReport>;
	readonly server: Loaded<HealthReport>;
	readonly selfTests: Loaded<SelfTestView[]>;
	readonly fixing = new Task();
	readonly selfTestUrl: string;
	readonly channel: NewsChannel;
	readonly #api: Api;

	/** @param panelUrl origin of the panels */
	constructor(api: Api, panelUrl: string, parts: Partial<Pick<NewsParts, "openSocket" | "after">> = {}) {
		this.#api = api;
		this.selfTestUrl = `${panelUrl}/crm/self-test.html`;
		const report = (part: string) => () =>
			api.request<HealthReport>("GET", `/api/inlay/v1/health/findings?part=${part}`);
		this.organization = new Loaded(report("organization"));
		this.server = new Loaded(report("server"));
		this.selfTests = new Loaded(async () => {
			const path = "/api/inlay/v1/health/self-tests";
			return (await api.request<{ entities: SelfTestView[] }>("GET", path)).entities;
		});
		const read = () => void this.organization.load();
		this.channel = new NewsChannel(api, { topics: [homeTopic], onNews: read, onOpen: read, ...parts });
	}

	/** While the page is shown. @returns the way to stop */
	open(): () => void {
		void this.readAll();
		this.channel.start();
		const timer = setInterval(() => void this.readAll(), readEveryMs);
		return () => {
			this.channel.stop();
			clearInterval(timer);
		};
	}

	async readAll(): Promise<void> {
		await Promise.all([this.organization.load(), this.server.load(), this.selfTests.load()]);
	}

	/** Of both, the worst first. */
	get findings(): Finding[] {
		const both = [...(this.organization.value?.findings ?? []), ...(this.server.value?.findings ?? [])];
		return both.sort(bySeverity);
	}

	/** Takes the one safe step. @returns whether it was taken */
	async fix(fix: Fix): Promise<boolean> {
		const done = await this.fixing.run(() => applyFix(this.#api, fix));
		await this.organization.load();
		return done;
	}
}

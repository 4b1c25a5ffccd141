import { checkOrganization, signInsOf } from "@inlay/contract/health/check-organization";
import { checkServer } from "@inlay/contract/health/check-server";
import type { HealthReport } from "@inlay/contract/health/finding";
import { divisionsWith, type Principal } from "../kernel/principal.ts";
import { type FactsParts, readOrganization } from "./organization-facts.ts";
import { readServer, type ServerParts } from "./server-facts.ts";

/** Of the machine and what it leans on only who administers the organization is told. */
const serverPermission = "directory:organization:admin";
/** What was seen of the machine is good for so long, ms: a look opens connections, and pages read it again and again. */
const freshMs = 20_000;

/** What is wrong with this organization and its server. */
export class Health {
	readonly #parts: FactsParts & { server: ServerParts };
	#server: { at: number; report: Promise<HealthReport> } | undefined;

	constructor(parts: FactsParts & { server: ServerParts }) {
		this.#parts = parts;
	}

	/** As far as the reader may see what it is about. */
	async organization(reader: Principal): Promise<HealthReport> {
		const { facts, unchecked } = await readOrganization(this.#parts, reader);
		return { findings: checkOrganization(facts), unchecked, ...(facts.clients ? { signIns: signInsOf(facts) } : {}) };
	}

	async server(reader: Principal): Promise<HealthReport> {
		if (divisionsWith(reader, [serverPermission]) !== "all") {
			return {
				findings: [],
				unchecked: [{ what: "server", why: "permission", detail: serverPermission, everywhere: true }],
			};
		}
		const now = performance.now();
		if (!this.#server || now - this.#server.at > freshMs) this.#server = { at: now, report: this.#look() };
		return this.#server.report;
	}

	async #look(): Promise<HealthReport> {
		const { facts, unchecked } = await readServer(this.#parts.server);
		return { findings: checkServer(facts), unchecked };
	}
}

import type { SoundFault } from "@inlay/contract";
import { type TroubleCause, troubleKinds, troublePermissions } from "@inlay/contract/home";
import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import { type DivisionSet, divisionsWith, holds, type Principal } from "../kernel/principal.ts";
import type { AgentTrouble } from "./trouble-model.ts";
import type { AgentTroubles } from "./troubles.ts";

/** What the list of troubles asks of others. */
export interface TroublePorts {
	deploymentNames(): Promise<ReadonlyMap<string, string>>;
	clientNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
	/** Those of the users who are in the divisions. */
	people(ids: readonly string[], where: DivisionSet): Promise<ReadonlyMap<string, string>>;
	/** Calls of the last day that sounded badly, by fault. */
	badCalls(where: DivisionSet): Promise<BadCalls[]>;
}

/** Calls that had the same fault. */
export interface BadCalls {
	fault: SoundFault;
	calls: number;
	firstAt: Date;
	lastAt: Date;
	/** Ids of agents, the last first. */
	people: string[];
}

const most = 100;
const seeDeployments = "integrations:integration:view";
const seeClients = "oauth:client:view";
const seePeople = ["directory:user:view"];

/** Our own operation: what agents meet, by its cause, as far as the reader may know of each kind. */
export function agentTroubleRoutes(troubles: Pick<AgentTroubles, "recent">, ports: TroublePorts): Route[] {
	const opening = [...new Set(troubleKinds.flatMap((kind) => troublePermissions[kind]))];
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/diagnostics/troubles",
			operationId: "getInlayDiagnosticsTroubles",
			summary:
				"List what agents have met in the last 30 days, by cause: refused panels, failing scripts, devices, refused sign-ins; and bad calls of the last day.",
			permission: anyOf(...opening),
			scope: readScope("integrations"),
			success: { status: 200, description: "{entities: [{kind, code, count, firstAt, lastAt, people, …}]}" },
			async handler({ principal }) {
				const kinds = troubleKinds.filter((kind) => troublePermissions[kind].some((one) => holds(principal, one)));
				const [kept, calls] = await Promise.all([
					troubles.recent(kinds, most),
					kinds.includes("call") ? ports.badCalls(divisionsWith(principal, troublePermissions.call)) : [],
				]);
				const found = [...kept, ...calls.map(asTrouble)];
				const entities = await viewsOf(found, principal, ports);
				return { entities: entities.toSorted((a, b) => b.lastAt.localeCompare(a.lastAt)) };
			},
		}),
	];
}

type Shown = Omit<AgentTrouble, "cause">;

function asTrouble({ fault, calls, ...rest }: BadCalls): Shown {
	return { ...rest, kind: "call", code: fault, count: calls, unverified: false };
}

async function viewsOf(troubles: readonly Shown[], principal: Principal, ports: TroublePorts): Promise<TroubleCause[]> {
	const clientIds = troubles.flatMap(({ clientId }) => clientId ?? []);
	const [deployments, clients, people] = await Promise.all([
		holds(principal, seeDeployments) ? ports.deploymentNames() : new Map<string, string>(),
		holds(principal, seeClients) ? ports.clientNames([...new Set(clientIds)]) : new Map<string, string>(),
		ports.people([...new Set(troubles.flatMap((one) => one.people))], divisionsWith(principal, seePeople)),
	]);
	return troubles.map((one) => ({
		...{ kind: one.kind, code: one.code, count: one.count },
		...named("deployment", one.deploymentId, deployments),
		...named("client", one.clientId, clients),
		...(one.unverified ? { unverified: true as const } : {}),
		...(one.detail === undefined ? {} : { detail: one.detail }),
		...{ firstAt: one.firstAt.toISOString(), lastAt: one.lastAt.toISOString() },
		people: one.people.flatMap((id) => withName(id, people)),
	}));
}

function named<Key extends string>(
	key: Key,
	id: string | undefined,
	names: ReadonlyMap<string, string>,
): Partial<Record<Key, { id: string; name: string }>> {
	const [found] = id === undefined ? [] : withName(id, names);
	return (found ? { [key]: found } : {}) as Partial<Record<Key, { id: string; name: string }>>;
}

function withName(id: string, names: ReadonlyMap<string, string>): Array<{ id: string; name: string }> {
	const name = names.get(id);
	return name === undefined ? [] : [{ id, name }];
}

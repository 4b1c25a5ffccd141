/**
 * The half of an interaction log that is one CRM's alone: its record's id, what its script was told, and records to choose
 * from. An agent's desk is one for all deployments, so a log keeps a half for each; notes, subject and code they share.
 */
import type { KeptLog } from "./store.ts";

const names = [
	"id",
	"savedRevision",
	"asked",
	"open",
	"wraps",
	"foreign",
	"contacts",
	"relations",
	"selectedContact",
	"selectedRelation",
] as const;

/** What one deployment's script has of a log. */
export type CrmSide = Pick<KeptLog, (typeof names)[number]>;

/** The log as panels of this deployment have it; the halves of other ones are put aside. */
export function asSeenBy(deployment: string, log: KeptLog): KeptLog {
	const owner = log.deployment ?? deployment;
	if (owner === deployment) return { ...log, deployment };
	const { [deployment]: own, ...others } = log.others ?? {};
	const shared = { ...log };
	for (const name of names) delete shared[name];
	// Nobody has asked this deployment's script for a record.
	const side = own ?? { savedRevision: log.revision, contacts: [], relations: [], foreign: true };
	return { ...shared, ...side, deployment, others: { ...others, [owner]: sideOf(log) } };
}

function sideOf(log: KeptLog): CrmSide {
	return Object.fromEntries(names.map((name) => [name, log[name]])) as unknown as CrmSide;
}

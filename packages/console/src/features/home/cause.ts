import type { TroubleCause } from "@inlay/contract/home";
import { needs } from "../../session/needs.ts";
import type { Need } from "../../session/rights.ts";
import { hrefOf } from "../../shell/router.ts";
import { t as ofDeployment } from "../deployments/strings.ts";
import { t as ofQuality } from "../quality/strings.ts";
import { isTold, t } from "./strings.ts";

/** Where something is put right. */
export interface Cure {
	href: string;
	text: string;
	/** What one has to hold to see it. */
	need: Need;
}

/** Refusals that the deployment's own screen has words for. */
const worded: Readonly<Record<string, Parameters<typeof ofDeployment>[0]>> = {
	"deployment.inactive": "deployment.inactive",
	"deployment.without.script": "script.missing",
	"user.without.permission": "permission.missing",
	"user.not.in.group": "group.missing",
};

const otherwise = { panel: "panelOther", script: "scriptOther", "sign-in": "signInOther" } as const;

/** What has happened, in a sentence that says what to do; a code that has no sentence of its own gets that of its kind. */
export function causeText({ kind, code }: Pick<TroubleCause, "kind" | "code">): string {
	if (kind === "call") return t("badCalls", { fault: faultName(code) });
	if (kind === "device") return t("device");
	const own = worded[code];
	if (own) return ofDeployment(own);
	return isTold(code) ? t(code) : t(otherwise[kind]);
}

/** The screens on which a cause is put right, those that are nearest first. */
export function curesOf({ kind, deployment, client, people }: TroubleCause): Cure[] {
	if (kind === "call") return [{ href: hrefOf({ screen: "quality" }), text: t("openQuality"), need: needs.viewCalls }];
	const found: Cure[] = [];
	if (client)
		found.push({
			href: hrefOf({ screen: "client", id: client.id }),
			text: t("openClient", client),
			need: needs.viewClients,
		});
	if (deployment)
		found.push({
			href: hrefOf({ screen: "deployment", id: deployment.id }),
			text: t("openDeployment", deployment),
			need: needs.viewDeployments,
		});
	const [person] = people;
	if (person && kind !== "script")
		found.push({
			href: hrefOf({ screen: "person", id: person.id }),
			text: t("openPerson", person),
			need: needs.viewPeople,
		});
	if (found.length > 0 || kind !== "sign-in") return found;
	return [{ href: hrefOf({ screen: "clients" }), text: t("openClients"), need: needs.viewClients }];
}

/** `sent.silent` is silence, whoever noticed. */
function faultName(fault: string): string {
	const kind = fault.split(".").at(-1) as "loss" | "jitter" | "faint" | "silent" | "delay" | "worst";
	return ofQuality(kind).toLocaleLowerCase();
}

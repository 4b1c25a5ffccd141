import type { TroubleCause } from "@inlay/contract/home";
import { type Place, placeAt } from "../../shell/places.ts";
import type { Route } from "../../shell/router.ts";
import { t as ofDeployment } from "../deployments/strings.ts";
import { t as ofQuality } from "../quality/strings.ts";
import { isTold, t } from "./strings.ts";

/** Where something is put right. */
export interface Cure extends Place {
	text: string;
}

/** Refusals that the deployment's own screen has words for. */
const worded: Readonly<Record<string, Parameters<typeof ofDeployment>[0]>> = {
	"deployment.inactive": "deployment.inactive",
	"deployment.without.script": "script.missing",
	"user.without.permission": "permission.missing",
	"user.without.license": "license.missing",
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
	if (kind === "call") return [cure({ screen: "quality" }, t("openQuality"))];
	const [person] = kind === "script" ? [] : people;
	const found = [
		...(client ? [cure({ screen: "client", id: client.id }, t("openClient", client))] : []),
		...(deployment ? [cure({ screen: "deployment", id: deployment.id }, t("openDeployment", deployment))] : []),
		...(person ? [cure({ screen: "person", id: person.id }, t("openPerson", person))] : []),
	];
	if (found.length > 0 || kind !== "sign-in") return found;
	return [cure({ screen: "clients" }, t("openClients"))];
}

function cure(to: Route, text: string): Cure {
	return { ...placeAt(to), text };
}

/** `sent.silent` is silence, whoever noticed. */
function faultName(fault: string): string {
	const kind = fault.split(".").at(-1) as "loss" | "jitter" | "faint" | "silent" | "delay" | "worst";
	return ofQuality(kind).toLocaleLowerCase();
}

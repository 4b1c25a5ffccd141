import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";
import type { WebServiceView } from "@inlay/contract/scripter/web-service";
import type { Loaded } from "../../session/load.ts";
import { type FieldName, fieldsOfFindings } from "./fields.ts";
import { documentOf, type Finding, findingsOf, formOfDocument, type ScriptForm } from "./script-form.ts";
import type { ScriptModel } from "./scripts-model.ts";
import { t } from "./strings.ts";

/** Where in the script something stands. */
export type Place = Pick<Finding, "pageId" | "componentId" | "actionId">;

/** Something outside of the script that a step names. */
export interface Named {
	id: string;
	name: string;
}

/** A script on the table: as it stands in the form, what is wrong with it, and how it is changed. */
export interface Desk {
	document: ScriptDocument;
	findings: readonly Finding[];
	/** What steps may name, read where one does; undefined to who may not see them. */
	queues: Loaded<readonly Named[] | undefined>;
	responses: Loaded<readonly Named[] | undefined>;
	services: Loaded<readonly WebServiceView[] | undefined>;
	/** Somebody has tried to save it: what is wrong stands at its field. */
	tried: boolean;
	change(part: Partial<ScriptDocument>): void;
	/** Why a field cannot stay as it is; undefined where it can. */
	wrong(place: Place, field: FieldName, value: unknown): string | undefined;
}

export function deskOf(model: ScriptModel, form: ScriptForm): Desk {
	const document = documentOf(form);
	const findings = findingsOf(document, model.outside);
	return {
		document,
		findings,
		queues: model.queues,
		responses: model.responses,
		services: model.services,
		tried: model.tried.value,
		change: (part) => {
			// On what the form has now: two changes of one moment both count.
			const now = model.details.form.peek();
			if (now) model.details.change(formOfDocument({ ...documentOf(now), ...part }));
		},
		wrong: (place, field, value) => {
			if (!model.tried.value) return undefined;
			const found = findings.find((one) => one.isFault && isAt(one, place) && isAbout(one, field, value));
			return found && sayFinding(found);
		},
	};
}

function isAt(one: Finding, place: Place): boolean {
	return one.pageId === place.pageId && one.componentId === place.componentId && one.actionId === place.actionId;
}

function isAbout({ code, subject, componentId }: Finding, field: FieldName, value: unknown): boolean {
	if (!fieldsOfFindings[code]?.includes(field)) return false;
	if (code === "choice.missing") return isUnchosen(value);
	return code === "options.missing" ? subject === componentId : subject === String(value).slice(0, subject.length || 1);
}

/** Nothing, or a target without whom. */
function isUnchosen(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return value === "";
	return Object.values(value).includes("");
}

export function sayFinding({ code, subject }: Finding): string {
	return t(`c_${code}`, { subject });
}

/** The element of the page that an id of the script has. */
export const anchorOf = (id: string) => `script-${id}`;

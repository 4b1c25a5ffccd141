import type { StagedVersion } from "../../session/wire.ts";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { tell } from "../../shell/notice.ts";
import { t as shared } from "../../shell/strings.ts";
import { endOf } from "./deployment-losses.ts";
import type { Conflict, DeploymentModel } from "./deployment-model.ts";
import { type Draft, type DraftField, draftOf } from "./draft.ts";
import { t } from "./strings.ts";

const names = {
	name: "fieldName",
	notes: "fieldNotes",
	frameworkJs: "fieldFrameworkJs",
	groups: "fieldGroups",
	allowedOrigins: "fieldAllowedOrigins",
	scriptOrigins: "fieldScriptOrigins",
	connectOrigins: "fieldConnectOrigins",
	development: "fieldDevelopment",
	directMessages: "fieldDirectMessages",
	quietChanges: "fieldQuietChanges",
	preserveAttributeCase: "fieldPreserveAttributeCase",
	pageCompatibility: "fieldPageCompatibility",
	withoutGuards: "fieldWithoutGuards",
	isolation: "fieldIsolation",
	scriptToken: "fieldScriptToken",
	clientId: "fieldClientId",
	partnerName: "fieldPartnerName",
} as const satisfies Record<DraftField, string>;

/** Two saved the same configuration. */
export function DeploymentConflict({ model, conflict }: { model: DeploymentModel; conflict: Conflict }) {
	const resolve = async (whose: "mine" | "theirs") => {
		if (await model.resolve(whose)) tell(t("saved"));
	};
	const fields = conflict.fields.map((field) => ({
		name: t(names[field]),
		...(field === "frameworkJs" && conflict.staged !== undefined
			? { values: stagedValues(conflict.staged, conflict.theirs.inlayStaged ?? {}) }
			: valuesOf(field, model.draft.value, draftOf(conflict.theirs))),
	}));
	return (
		<ConflictDialog
			fields={fields}
			busy={model.saving.busy.value}
			error={model.saving.error.value}
			onResolve={(whose) => void resolve(whose)}
			onClose={() => {
				model.conflict.value = undefined;
			}}
		/>
	);
}

function stagedValues(version: number, staged: Pick<StagedVersion, "user">) {
	return { mine: t(endOf(staged)), theirs: t(staged.user ? "triedTitle" : "stagedTitle", { version }) };
}

/** Both values, where they fit into a line: a script is compared in the editor, groups and clients are only ids here. */
function valuesOf(field: DraftField, mine: Draft | undefined, theirs: Draft) {
	if (!mine || field === "frameworkJs" || field === "groups" || field === "clientId") return {};
	if (field === "scriptToken")
		return { values: { mine: tokenText(mine.scriptToken), theirs: tokenText(theirs.scriptToken) } };
	return { values: { mine: shown(mine[field]), theirs: shown(theirs[field]) } };
}

function tokenText(choice: Draft["scriptToken"]): string {
	return t(choice === "" ? "tokenUsual" : choice === "give" ? "tokenGive" : "tokenWithhold");
}

function shown(value: string | boolean): string {
	return typeof value === "boolean" ? shared(value ? "yes" : "no") : value;
}

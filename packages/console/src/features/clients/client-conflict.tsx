import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { tell } from "../../shell/notice.ts";
import { t as shared } from "../../shell/strings.ts";
import type { ClientForm } from "./client-form.ts";
import type { ClientModel, ClientConflict as Conflict } from "./client-model.ts";
import { t } from "./strings.ts";

const names = {
	name: "name",
	description: "description",
	grant: "grant",
	redirectUris: "redirectUris",
	scopes: "scopes",
	duration: "duration",
	roleIds: "roles",
	active: "active",
} as const satisfies Record<keyof ClientForm, string>;

/** Two saved the same client. */
export function ClientConflict({ model, conflict }: { model: ClientModel; conflict: Conflict }) {
	const resolve = async (whose: "mine" | "theirs") => {
		if (await model.resolve(whose)) tell(t("saved", { name: model.form.peek().name.trim() }));
	};
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => ({
				name: t(names[field]),
				...valuesOf(field, model.form.value, conflict.theirs),
			}))}
			busy={model.saving.busy.value}
			error={model.saving.error.value}
			onResolve={(whose) => void resolve(whose)}
			onClose={() => {
				model.conflict.value = undefined;
			}}
		/>
	);
}

/** Both values, where they fit into a line: lists are compared in the form. */
function valuesOf(field: keyof ClientForm, mine: ClientForm, theirs: ClientForm) {
	if (field === "scopes" || field === "roleIds") return {};
	return { values: { mine: shown(field, mine), theirs: shown(field, theirs) } };
}

function shown(field: Exclude<keyof ClientForm, "scopes" | "roleIds">, form: ClientForm): string {
	if (field === "grant") return t(form.grant);
	return field === "active" ? shared(form.active ? "yes" : "no") : form[field];
}

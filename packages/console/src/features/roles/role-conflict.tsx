import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { difference } from "./permissions.ts";
import type { RoleForm, RoleModel } from "./role-model.ts";
import { t } from "./strings.ts";

/** Two saved the same role: shows what the colleague changed, and asks whose values stand. */
export function RoleConflict({
	model,
	onSaved,
}: {
	model: RoleModel;
	onSaved: (model: RoleModel, id: string) => void;
}) {
	const { conflict, form, saving } = model.details;
	const [asked, mine] = [conflict.value, form.value];
	if (!asked || !mine) return null;
	return (
		<ConflictDialog
			fields={asked.fields.map((field) => ({
				name: t(field),
				values: { mine: shown(field, mine, asked.theirs), theirs: shown(field, asked.theirs, mine) },
			}))}
			busy={saving.busy.value}
			error={saving.error.value}
			onResolve={async (whose) => {
				const id = await model.resolve(whose);
				if (id) onSaved(model, id);
			}}
			onClose={() => {
				conflict.value = undefined;
			}}
		/>
	);
}

/** Of permissions only those that the other side does not have. */
function shown(field: keyof RoleForm, form: RoleForm, other: RoleForm): string {
	if (field !== "permissions") return form[field];
	return difference(other.permissions, form.permissions).given.join(", ");
}

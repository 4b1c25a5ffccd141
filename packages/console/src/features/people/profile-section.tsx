import { Checkbox, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { inDivision, needs } from "../../session/needs.ts";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Form, Section } from "../../shell/parts.tsx";
import { Allowed, useLack } from "../../shell/rights.tsx";
import { SaveButton } from "../../shell/save-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { CallUnderWay } from "./call-under-way.tsx";
import { KnownPrograms } from "./known-programs.tsx";
import type { PersonFacts, PersonModel, ProfileForm } from "./person-model.ts";
import { PlacesField } from "./places-field.tsx";
import { t } from "./strings.ts";

/** Name, address and whether the account works. */
export function ProfileSection({ model, facts: { user } }: { model: PersonModel; facts: PersonFacts }) {
	useUnsaved(() => model.profile.changed.peek().length > 0);
	const [asking, setAsking] = useState(false);
	const lack = useLack(inDivision(needs.editPerson, user.division?.id));
	const { profile } = model;
	const save = async () => {
		if (await model.saveProfile()) tell(t("profileSaved", { name: user.name }));
		setAsking(false);
	};
	return (
		<Section title={t("profile")} hint={user.division?.name && t("inDivision", { name: user.division.name })}>
			<Allowed lack={lack}>
				<Form onSend={() => (model.deactivates ? setAsking(true) : void save())}>
					<Fields model={model} />
					<Failure error={failureBeside(profile.saving.error.value, "name", "email")} />
					<SaveButton details={profile} />
				</Form>
			</Allowed>
			{asking && (
				<Confirm
					title={t("deactivateTitle", { name: user.name })}
					text={t(model.isSelf ? "deactivateSelfText" : "deactivateText", { name: user.name })}
					action={t("deactivate")}
					task={profile.saving}
					onClose={() => setAsking(false)}
					onConfirm={() => void save()}
				>
					<CallUnderWay model={model} name={user.name} />
					<KnownPrograms model={model} name={user.name} />
				</Confirm>
			)}
			<Conflict model={model} />
		</Section>
	);
}

function Fields({ model }: { model: PersonModel }) {
	const { profile } = model;
	const form = profile.form.value;
	const error = profile.saving.error.value;
	if (!form) return null;
	return (
		<>
			<TextField
				label={t("name")}
				value={form.name}
				required
				error={refusedFor(error, "name")}
				onInput={(name) => profile.change({ name })}
			/>
			<TextField
				label={t("email")}
				type="email"
				value={form.email}
				required
				error={refusedFor(error, "email", "username")}
				onInput={(email) => profile.change({ email })}
			/>
			<TextField label={t("jobTitle")} value={form.title} onInput={(title) => profile.change({ title })} />
			<TextField
				label={t("department")}
				value={form.department}
				onInput={(department) => profile.change({ department })}
			/>
			<PlacesField model={model} chosen={form.locations} />
			<Checkbox label={t("isActive")} checked={form.active} onChange={(active) => profile.change({ active })} />
		</>
	);
}

const names = {
	name: "name",
	email: "email",
	title: "jobTitle",
	department: "department",
	locations: "locations",
	active: "isActive",
} as const satisfies Record<keyof ProfileForm, string>;

function Conflict({ model }: { model: PersonModel }) {
	const { conflict, form, saving } = model.profile;
	const [asked, mine] = [conflict.value, form.value];
	if (!asked || !mine) return null;
	return (
		<ConflictDialog
			fields={asked.fields.map((field) => ({
				name: t(names[field]),
				values: { mine: shown(mine[field]), theirs: shown(asked.theirs[field]) },
			}))}
			busy={saving.busy.value}
			error={saving.error.value}
			onResolve={async (whose) => {
				if (!(await model.profile.resolve(whose))) return;
				await model.facts.load();
				tell(t("profileSaved", { name: model.facts.value?.user.name ?? "" }));
			}}
			onClose={() => {
				conflict.value = undefined;
			}}
		/>
	);
}

function shown(value: string | boolean | readonly string[]): string {
	if (typeof value === "object") return value.join(", ");
	return typeof value === "boolean" ? shared(value ? "yes" : "no") : value;
}

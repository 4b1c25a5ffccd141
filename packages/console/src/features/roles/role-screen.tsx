import { Banner, TextArea, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { Role } from "../../session/wire.ts";
import { Affected, SelfLoss } from "../../shell/affected.tsx";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { Allowed, useLack } from "../../shell/rights.tsx";
import { leaveTo } from "../../shell/router.ts";
import { SaveButton } from "../../shell/save-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { HoldersSection } from "./holders-section.tsx";
import { PermissionsField } from "./permissions-field.tsx";
import { RoleConflict } from "./role-conflict.tsx";
import type { RoleModel } from "./role-model.ts";
import { t } from "./strings.ts";

/** One role, new or existing: what it allows, and who holds it. */
export function RoleScreen({ model }: { model: RoleModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const role = model.role.value;
	const title = model.isNew ? t("addTitle") : (role?.name ?? t("roles"));
	return (
		<Screen
			title={title}
			lead={role?.description}
			back={{ to: { screen: "roles" }, text: t("all") }}
			historyOf={model.isNew ? undefined : role?.id}
			actions={role && !model.isNew && !role.default && <Remove model={model} role={role} />}
		>
			<Load from={model.role}>
				{(loaded) => (
					<>
						{loaded.default && <Banner tone="info">{t("bundledText")}</Banner>}
						<Details model={model} role={loaded} />
						{model.showsHolders && <HoldersSection model={model} role={loaded} />}
					</>
				)}
			</Load>
			<RoleConflict model={model} onSaved={saved} />
		</Screen>
	);
}

function saved(model: RoleModel, id: string): void {
	const name = model.details.base.peek()?.name ?? "";
	if (model.isNew) leaveTo({ screen: "role", id });
	tell(t(model.isNew ? "created" : "saved", { name }));
}

function Details({ model, role }: { model: RoleModel; role: Role }) {
	const [asking, setAsking] = useState(false);
	const lack = useLack(model.isNew ? needs.addRole : needs.editRole);
	const { details } = model;
	const form = details.form.value;
	const error = details.saving.error.value;
	if (!form) return null;
	const { given, taken } = model.difference.value;
	const touchesHolders = (role.userCount ?? 0) > 0 && given.length + taken.length > 0;
	const send = async () => {
		const id = await model.save();
		setAsking(false);
		if (id) saved(model, id);
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	return (
		<Section title={t("details")}>
			<Allowed lack={lack}>
				<Form onSend={() => (touchesHolders && !model.nameMissing ? setAsking(true) : void send())}>
					<TextField
						label={t("name")}
						value={form.name}
						required
						error={model.tried.value && model.nameMissing ? t("nameProblem") : refusedFor(error, "name")}
						onInput={(name) => details.change({ name })}
					/>
					<TextArea
						label={t("description")}
						value={form.description}
						rows={2}
						maxLength={2000}
						onInput={(description) => details.change({ description })}
					/>
					<PermissionsField model={model} permissions={form.permissions} />
					<Failure error={failureBeside(error, "name")} />
					<SaveButton details={details} create={model.isNew && t("create")} />
				</Form>
			</Allowed>
			{asking && (
				<Confirm
					title={t("changeTitle", { name: role.name })}
					text={t("changeText", { count: role.userCount ?? 0 })}
					action={shared("save")}
					task={details.saving}
					onClose={() => setAsking(false)}
					onConfirm={() => void send()}
				>
					<Affected title={t("takes")} names={taken} />
					<Affected title={t("gives")} names={given} />
					<SelfLoss duties={model.losses(form.permissions)} />
				</Confirm>
			)}
		</Section>
	);
}

function Remove({ model, role }: { model: RoleModel; role: Role }) {
	const lack = useLack(needs.deleteRole);
	if (lack) return null;
	const { name, userCount = 0 } = role;
	return (
		<RemoveButton
			label={t("remove")}
			title={t("removeTitle", { name })}
			text={t("removeText", { count: userCount })}
			task={model.removing}
			onConfirm={async () => {
				if (!(await model.remove())) return;
				leaveTo({ screen: "roles" });
				tell(t("removed", { name }));
			}}
		>
			<SelfLoss duties={model.losses([])} />
		</RemoveButton>
	);
}

import { bundledClientId } from "@inlay/contract";
import { Badge } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { Choices } from "../../shell/choices.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { Allowed, useRights } from "../../shell/rights.tsx";
import { leaveTo } from "../../shell/router.ts";
import { SaveButton } from "../../shell/save-button.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { Application, ApplicationForm } from "./application-form.ts";
import type { ApplicationModel } from "./applications-model.ts";
import { t } from "./strings.ts";
import { UsageSection } from "./usage-section.tsx";

/** One application: what it may do, for whom, and what it calls. */
export function ApplicationScreen({ model }: { model: ApplicationModel }) {
	const application = model.details.base.value;
	useUnsaved(() => application?.state === "Authorized" && model.details.changed.peek().length > 0);
	const mayCount = useRights().may(needs.viewUsage);
	return (
		<Screen
			title={application?.client.name ?? t("title")}
			back={{ to: { screen: "applications" }, text: t("title") }}
			historyOf={application?.client.id}
			actions={
				application && isDecided(application) && !model.lackToDelete && <Revoke model={model} of={application} />
			}
		>
			<Load from={model.loaded}>
				{() => (
					<div class="ui-stack">
						{application && isDecided(application) && <Decision model={model} of={application} />}
						{application && mayCount && <UsageSection usage={model.usage} />}
					</div>
				)}
			</Load>
		</Screen>
	);
}

/** The client that comes with Inlay is authorized from the start, and stays so. */
function isDecided({ id }: Application): boolean {
	return id !== bundledClientId;
}

function Decision({ model, of }: { model: ApplicationModel; of: Application }) {
	const { details } = model;
	const form = details.form.value;
	if (!form) return null;
	const send = async () => {
		if (await model.save()) tell(t("authorized", { name: of.client.name }));
	};
	const isAuthorized = of.state === "Authorized";
	return (
		<Allowed lack={model.lack}>
			<p>
				<Badge tone={isAuthorized ? "info" : "warn"}>{t(of.state)}</Badge>
			</p>
			<Form onSend={() => void send()}>
				<Section title={t("scopes")}>
					<Choices
						legend={t("scopes")}
						hint={t("scopesHint")}
						columns
						choices={of.client.scope.map((id) => ({ id, text: id }))}
						chosen={form.scopes}
						onChange={(scopes) => details.change({ scopes })}
					/>
				</Section>
				<Roles model={model} form={form} />
				<Failure error={details.saving.error.value} />
				<SaveButton details={details} create={!isAuthorized && t("authorize")} />
			</Form>
		</Allowed>
	);
}

/** Roles that are chosen and cannot be seen stay chosen, under their id. */
function Roles({ model, form }: { model: ApplicationModel; form: ApplicationForm }) {
	useEffect(() => void model.roles.load(), [model]);
	const known = model.roles.value ?? [];
	const unseen = form.roleIds.filter((id) => !known.some((role) => role.id === id));
	if (known.length + unseen.length === 0) return null;
	return (
		<Section title={t("roles")}>
			<Choices
				legend={t("roles")}
				hint={t("rolesHint")}
				columns
				choices={[
					...known.map(({ id, name }) => ({ id, text: <bdi>{name}</bdi> })),
					...unseen.map((id) => ({ id, text: <bdi>{id}</bdi> })),
				]}
				chosen={form.roleIds}
				onChange={(roleIds) => model.details.change({ roleIds })}
			/>
		</Section>
	);
}

function Revoke({ model, of }: { model: ApplicationModel; of: Application }) {
	const { name } = of.client;
	if (of.state === "Revoked") return null;
	return (
		<RemoveButton
			label={t("revoke")}
			title={t("revokeTitle", { name })}
			action={t("revoke")}
			text={t("revokeText")}
			task={model.removing}
			onConfirm={async () => {
				if (!(await model.remove())) return;
				leaveTo({ screen: "applications" });
				tell(t("revoked", { name }));
			}}
		/>
	);
}

import { bundledClientId } from "@inlay/contract";
import { Banner, Button, Spinner } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { addingClient, clientNeed, needs } from "../../session/needs.ts";
import type { OAuthClient, Role } from "../../session/wire.ts";
import { Affected } from "../../shell/affected.tsx";
import { CopyField } from "../../shell/copy-field.tsx";
import { failureBeside } from "../../shell/failure.ts";
import { LossDialog, useLossQuestion } from "../../shell/loss-question.tsx";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { Allowed, Lack, useLack } from "../../shell/rights.tsx";
import { leaveTo, route } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { ClientConflict } from "./client-conflict.tsx";
import { ClientFields, fieldsOfApi } from "./client-fields.tsx";
import type { ClientModel } from "./client-model.ts";
import { isStronger } from "./clients-model.ts";
import { t } from "./strings.ts";

/** One OAuth client, new or existing. */
export function ClientScreen({ model }: { model: ClientModel }) {
	useUnsaved(() => model.edited);
	const id = model.id.value;
	const name = model.facts.value?.client?.name;
	return (
		<Screen
			title={id ? (name ?? t("title")) : t("addTitle")}
			{...(model.mayView ? { back: { to: { screen: "clients" }, text: t("all") } } : {})}
			historyOf={id}
		>
			<Load from={model.facts}>
				{({ client, roles }) => (
					<>
						{client?.id === bundledClientId && <Banner tone="info">{t("bundledWarning")}</Banner>}
						{model.conflict.value && <ClientConflict model={model} conflict={model.conflict.value} />}
						{id && <Credentials model={model} id={id} />}
						<Settings model={model} client={client} roles={roles} />
						{id && id !== bundledClientId && <Remove model={model} name={name ?? ""} />}
					</>
				)}
			</Load>
		</Screen>
	);
}

function Settings({ model, client, roles }: { model: ClientModel; client: OAuthClient | undefined; roles: Role[] }) {
	const question = useLossQuestion(
		() => model.losses(),
		() => save(model),
	);
	const disables = question.asked?.some(({ code }) => code === "losesClient");
	const grant = client?.authorizedGrantType ?? model.form.value.grant;
	const lack = useLack(client ? clientNeed(needs.editClient, grant) : addingClient);
	return (
		<Section title={t("settings")}>
			<Allowed lack={lack}>
				<Form onSend={() => void question.send()}>
					<ClientFields model={model} roles={roles} />
					<Failure error={failureBeside(model.saving.error.value, ...fieldsOfApi(model.form.value.grant))} />
					<div class="form-actions">
						<Button kind="primary" type="submit" busy={model.saving.busy.value}>
							{client ? shared("save") : t("create")}
						</Button>
					</div>
				</Form>
			</Allowed>
			<LossDialog
				question={question}
				say={t}
				task={model.saving}
				{...(disables && client ? { title: t("disableTitle", { name: client.name }), action: t("disable") } : {})}
			>
				<WhoIsAffected model={model} title={t(disables ? "affects" : "signInWith")} />
			</LossDialog>
		</Section>
	);
}

/** The deployments whose agents sign in with the client; a script's own choice is found in its text. */
function WhoIsAffected({ model, title = t("affects") }: { model: ClientModel; title?: string }) {
	useEffect(() => void model.affected.load(), [model]);
	const names = model.affected.value;
	if (!names) return model.affected.state.value.kind === "loading" ? <Spinner label={shared("loading")} /> : null;
	if (names.length === 0) return <p>{t("affectsNone")}</p>;
	return <Affected title={title} names={names} />;
}

async function save(model: ClientModel): Promise<void> {
	const isNew = model.id.peek() === undefined;
	const name = model.form.peek().name.trim();
	if (await model.save()) {
		const id = model.id.peek();
		// Whoever has gone elsewhere meanwhile stays there.
		if (isNew && id && model.mayView && route.peek().screen === "new-client") leaveTo({ screen: "client", id });
		tell(t(isNew ? "created" : "saved", { name }));
		scrollTo({ top: 0 });
		return;
	}
	document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

/** What an application signs in with. */
function Credentials({ model, id }: { model: ClientModel; id: string }) {
	const [asking, setAsking] = useState(false);
	const secret = model.secret.value;
	const grant = model.facts.value?.client?.authorizedGrantType ?? model.form.value.grant;
	const lack = useLack(clientNeed(needs.editClient, grant));
	const hasSecret = grant !== "TOKEN" && !lack;
	const leftBy = model.leftBy.value;
	useEffect(() => void model.leftBy.load(), [model]);
	return (
		<Section title={t("credentials")} hint={t("idHint")}>
			<CopyField label={t("id")} value={id} />
			{leftBy && (
				<Banner tone="warn">
					{t(isStronger(leftBy) ? "strongerThanText" : "leftByText", { name: leftBy.secretKnownTo.name })}
				</Banner>
			)}
			{secret && (
				<>
					<Banner tone="warn">{t("secretOnce")}</Banner>
					<CopyField label={t("secret")} value={secret} />
				</>
			)}
			{hasSecret && !secret && (
				<div class="row-end">
					<Button onClick={() => setAsking(true)}>{t("renew")}</Button>
				</div>
			)}
			{asking && (
				<Confirm
					title={t("renewTitle")}
					text={t("renewText")}
					action={t("renew")}
					task={model.renewing}
					onClose={() => setAsking(false)}
					onConfirm={async () => {
						if (await model.renewSecret()) setAsking(false);
					}}
				/>
			)}
		</Section>
	);
}

function Remove({ model, name }: { model: ClientModel; name: string }) {
	const lack = useLack(clientNeed(needs.deleteClient, model.facts.value?.client?.authorizedGrantType ?? "CODE"));
	if (lack) return <Lack lack={lack} />;
	return (
		<RemoveButton
			label={t("remove")}
			title={t("removeTitle", { name })}
			text={t("removeText")}
			task={model.removing}
			onConfirm={async () => {
				if (!(await model.remove())) return;
				leaveTo({ screen: "clients" });
				tell(t("removed", { name }));
			}}
		>
			<WhoIsAffected model={model} />
		</RemoveButton>
	);
}

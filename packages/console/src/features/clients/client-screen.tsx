import { bundledClientId } from "@inlay/contract";
import { Banner, Button } from "@inlay/ui";
import { useState } from "preact/hooks";
import { CopyField } from "../../shell/copy-field.tsx";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { goTo } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import { ClientConflict } from "./client-conflict.tsx";
import { ClientFields } from "./client-fields.tsx";
import type { ClientModel } from "./client-model.ts";
import { t } from "./strings.ts";

/** One OAuth client, new or existing. */
export function ClientScreen({ model }: { model: ClientModel }) {
	const id = model.id.value;
	const name = model.facts.value?.client?.name;
	return (
		<Screen title={id ? (name ?? t("title")) : t("addTitle")} back={{ to: { screen: "clients" }, text: t("all") }}>
			<Load from={model.facts}>
				{({ client, roles }) => (
					<>
						{client?.id === bundledClientId && <Banner tone="info">{t("bundledWarning")}</Banner>}
						{model.conflict.value && <ClientConflict model={model} conflict={model.conflict.value} />}
						{id && <Credentials model={model} id={id} />}
						<Section title={t("settings")}>
							<Form onSend={() => void save(model)}>
								<ClientFields model={model} roles={roles} />
								<Failure error={model.saving.error.value} />
								<div class="form-actions">
									<Button kind="primary" type="submit" busy={model.saving.busy.value}>
										{id ? shared("save") : t("create")}
									</Button>
									{id && id !== bundledClientId && <Remove model={model} name={name ?? ""} />}
								</div>
							</Form>
						</Section>
					</>
				)}
			</Load>
		</Screen>
	);
}

async function save(model: ClientModel): Promise<void> {
	const isNew = model.id.peek() === undefined;
	const name = model.form.peek().name.trim();
	if (await model.save()) {
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
	const hasSecret = model.form.value.grant !== "TOKEN";
	return (
		<Section title={t("credentials")} hint={t("idHint")}>
			<CopyField label={t("id")} value={id} />
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
	const [asking, setAsking] = useState(false);
	return (
		<>
			<Button icon="trash" onClick={() => setAsking(true)}>
				{t("remove")}
			</Button>
			{asking && (
				<Confirm
					title={t("removeTitle", { name })}
					text={t("removeText")}
					action={shared("delete")}
					task={model.removing}
					onClose={() => setAsking(false)}
					onConfirm={async () => {
						if (!(await model.remove())) return;
						goTo({ screen: "clients" });
						tell(t("removed", { name }));
					}}
				/>
			)}
		</>
	);
}

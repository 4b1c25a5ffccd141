import { bundledClientId } from "@inlay/contract";
import { Badge, Checkbox, EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { LossDialog, useLossQuestion } from "../../shell/loss-question.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { Allowed, useLack, useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { SaveButton } from "../../shell/save-button.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { Authorization } from "./application-form.ts";
import type { ApplicationsModel } from "./applications-model.ts";
import { t } from "./strings.ts";

/** What has been authorized, and whether that counts. */
export function ApplicationsScreen({ model }: { model: ApplicationsModel }) {
	useUnsaved(() => model.form.changed.peek().length > 0);
	const maySee = useRights().may(needs.viewEnforcement);
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<div class="ui-stack">
				{maySee && <Load from={model.enforcement}>{() => <Enforcement model={model} />}</Load>}
				<Load from={model.applications}>
					{(applications) =>
						applications.length === 0 ? (
							<EmptyState icon="shield" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						) : (
							<ul class="rows">
								{applications.map((one) => (
									<Row key={one.client.id} application={one} />
								))}
							</ul>
						)
					}
				</Load>
			</div>
		</Screen>
	);
}

function Row({ application: { client, state, pending } }: { application: Authorization }) {
	const isAuthorized = state === "Authorized";
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "application", id: client.id })}>
					<bdi>{client.name}</bdi>
				</a>
			</div>
			<div class="row-end">
				{isAuthorized && pending && <Badge tone="warn">{t("pending")}</Badge>}
				<Badge tone={isAuthorized || client.id === bundledClientId ? "info" : "warn"}>{t(state)}</Badge>
			</div>
		</li>
	);
}

function Enforcement({ model }: { model: ApplicationsModel }) {
	const lack = useLack(needs.editEnforcement);
	const { form: details } = model;
	const save = async () => {
		if (await details.save()) tell(t("enforceSaved"));
	};
	const question = useLossQuestion(() => model.losses(), save);
	const form = details.form.value;
	if (!form) return null;
	return (
		<Allowed lack={lack}>
			<Form onSend={() => void question.send()}>
				<Section title={t("enforce")} hint={t("enforceHint")}>
					<Checkbox
						label={t("enforce")}
						checked={form.enforceScopes}
						onChange={(enforceScopes) => details.change({ enforceScopes })}
					/>
				</Section>
				<Failure error={details.saving.error.value} />
				<SaveButton details={details} />
			</Form>
			<LossDialog question={question} say={t} task={details.saving} />
		</Allowed>
	);
}

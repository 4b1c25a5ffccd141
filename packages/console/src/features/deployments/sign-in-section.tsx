import { bundledClientId } from "@inlay/contract";
import { Banner, Button, Select } from "@inlay/ui";
import { clientNeed, needs } from "../../session/needs.ts";
import { refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { Lack, useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { sentencesOf } from "../health/finding-strings.ts";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { fieldsOf } from "./draft.ts";
import type { SignInCheck } from "./sign-in-check.ts";
import { t } from "./strings.ts";

/** Which OAuth client agents sign in with, and whether that will work. */
export function SignInSection({ model, facts }: { model: DeploymentModel; facts: DeploymentFacts }) {
	const draft = model.draft.value;
	const check = model.signInCheck.value;
	if (!draft || !check) return null;
	const rights = useRights();
	const lack = rights.lack(needs.viewClients);
	const mayRepair = check.client && rights.may(clientNeed(needs.editClient, check.client.authorizedGrantType));
	const own = facts.clients.filter(
		(client) => client.id !== bundledClientId && client.authorizedGrantType !== "CLIENT-CREDENTIALS",
	);
	if (lack) {
		return (
			<Section title={t("signIn")}>
				<Lack lack={lack} what="Seeing" />
			</Section>
		);
	}
	return (
		<Section title={t("signIn")}>
			<Select
				label={t("client")}
				hint={t("clientHint")}
				value={draft.clientId}
				error={refusedFor(model.saving.error.value, ...fieldsOf("clientId"))}
				options={[
					{ value: "", text: t("clientBundled") },
					...own.map((client) => ({
						value: client.id,
						text: client.state === "active" ? client.name : t("clientDisabled", { name: client.name }),
					})),
				]}
				onChange={(clientId) => model.change({ clientId })}
			/>
			<div class="findings">
				<Chosen check={check} />
				<Findings check={check} />
			</div>
			<Failure error={model.repairing.error.value} />
			{check.missingUris.length > 0 && mayRepair && (
				<div class="row-end">
					<Button
						icon="plus"
						busy={model.repairing.busy.value}
						onClick={async () => {
							if (await model.repairClient()) tell(t("repaired"));
						}}
					>
						{t("repair")}
					</Button>
				</div>
			)}
		</Section>
	);
}

const sentences = {
	script: "signsInScript",
	configuration: "signsInConfiguration",
	bundled: "signsInBundled",
} as const;

function Chosen({ check: { client, source } }: { check: SignInCheck }) {
	if (!client) return <p>{t("signsInNobody")}</p>;
	return (
		<p>
			{t(sentences[source], { name: client.name })}{" "}
			<a href={hrefOf({ screen: "client", id: client.id })}>{t("openClient")}</a>
		</p>
	);
}

const tones = { error: "bad", warning: "warn", note: "info" } as const;

function Findings({ check: { client, findings } }: { check: SignInCheck }) {
	if (!client) return null;
	if (findings.length === 0) return <Banner tone="good">{t("signInFine")}</Banner>;
	return (
		<>
			{findings.map((finding) => {
				const { cause, cure } = sentencesOf(finding);
				return (
					<Banner key={finding.code} tone={tones[finding.severity]}>
						{cause} {cure}
					</Banner>
				);
			})}
		</>
	);
}

import "./clients.css";
import { agentScopes, bundledClientId, regions, scopes } from "@inlay/contract";
import { Button, Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { GrantType, Role } from "../../session/wire.ts";
import { Choices } from "../../shell/choices.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { grants, wrongRedirectUris } from "./client-form.ts";
import type { ClientModel } from "./client-model.ts";
import { t } from "./strings.ts";

/** Fields of the API whose refusal stands beside the form's own: those that are shown for the grant type. */
export function fieldsOfApi(grant: GrantType): string[] {
	const shared = ["name", "description", "authorizedGrantType", "accessTokenValiditySeconds"];
	return [
		...shared,
		...(grant === "CLIENT-CREDENTIALS" ? ["roleDivisions", "roleIds"] : ["registeredRedirectUri", "scope"]),
	];
}

/** The fields of a client, in the configuration guide's order. */
export function ClientFields({ model, roles }: { model: ClientModel; roles: readonly Role[] }) {
	const form = model.form.value;
	const wrong = (field: Parameters<typeof model.problems.value.has>[0], text: string) =>
		model.tried.value && model.problems.value.has(field) ? text : undefined;
	const error = model.saving.error.value;
	const isMachine = form.grant === "CLIENT-CREDENTIALS";
	// How the client that comes with Inlay signs in is the server's own: it refuses other values.
	const isBundled = model.id.value === bundledClientId;
	return (
		<>
			<TextField
				label={t("name")}
				hint={t("nameHint")}
				value={form.name}
				required
				error={wrong("name", t("nameProblem")) ?? refusedFor(error, "name")}
				onInput={(name) => model.change({ name })}
			/>
			<TextField
				label={t("description")}
				value={form.description}
				error={refusedFor(error, "description")}
				onInput={(description) => model.change({ description })}
			/>
			{!isBundled && (
				<Select
					label={t("grant")}
					hint={t(`grantHint${form.grant}`)}
					value={form.grant}
					error={refusedFor(error, "authorizedGrantType")}
					options={grants.map((grant) => ({ value: grant, text: t(grant) }))}
					onChange={(value) => model.change({ grant: grants.find((grant) => grant === value) ?? "CODE" })}
				/>
			)}
			<TextField
				label={t("duration")}
				hint={t("durationHint")}
				type="number"
				value={form.duration}
				required
				error={wrong("duration", t("durationProblem")) ?? refusedFor(error, "accessTokenValiditySeconds")}
				onInput={(duration) => model.change({ duration })}
			/>
			{isMachine ? (
				<Choices
					legend={t("roles")}
					hint={t("rolesHint")}
					error={wrong("roleIds", t("rolesProblem")) ?? refusedFor(error, "roleDivisions", "roleIds")}
					columns
					choices={roles.map((role) => ({ id: role.id, text: role.name }))}
					chosen={form.roleIds}
					onChange={(roleIds) => model.change({ roleIds })}
				/>
			) : (
				<>
					<TextArea
						label={t("redirectUris")}
						hint={t("redirectHint")}
						value={form.redirectUris}
						rows={4}
						error={
							wrong("redirectUris", redirectProblem(form.redirectUris)) ?? refusedFor(error, "registeredRedirectUri")
						}
						onInput={(redirectUris) => model.change({ redirectUris })}
					/>
					<Regions model={model} />
					<Scopes model={model} />
				</>
			)}
			{model.id.value && (!isBundled || !form.active) && (
				<div>
					<Checkbox label={t("active")} checked={form.active} onChange={(active) => model.change({ active })} />
					<p class="ui-hint">{t("activeHint")}</p>
				</div>
			)}
		</>
	);
}

/** With the lines that are wrong, where some are right. */
function redirectProblem(redirectUris: string): string {
	const wrong = wrongRedirectUris(redirectUris);
	return [t("redirectProblem"), ...(wrong.length > 0 ? [t("redirectWrong", { lines: wrong.join(", ") })] : [])].join(
		" ",
	);
}

/** The addresses of a region are added at a choice, as the guide has them made by hand. */
function Regions({ model }: { model: ClientModel }) {
	const [region, setRegion] = useState("");
	return (
		<div class="region-choice">
			<Select
				label={t("region")}
				value={region}
				options={[{ value: "", text: t("thisServer") }, ...regions.map((one) => ({ value: one, text: one }))]}
				onChange={setRegion}
			/>
			<Button icon="plus" onClick={() => model.addRegion(region)}>
				{t("addAddresses")}
			</Button>
		</div>
	);
}

const further = scopes.filter((scope) => !agentScopes.includes(scope.id)).map((scope) => scope.id);

function Scopes({ model }: { model: ClientModel }) {
	const chosen = model.form.value.scopes;
	const list = (ids: readonly string[]) => ids.map((id) => ({ id, text: id }));
	return (
		<>
			<Choices
				legend={t("scopes")}
				hint={t("scopesHint", { count: agentScopes.length })}
				error={refusedFor(model.saving.error.value, "scope")}
				columns
				choices={list(agentScopes)}
				chosen={chosen}
				onChange={(next) => model.change({ scopes: next })}
			/>
			<details>
				<summary>{t("scopesMore", { count: further.filter((id) => chosen.includes(id)).length })}</summary>
				<Choices
					legend={t("scopes")}
					columns
					choices={list(further)}
					chosen={chosen}
					onChange={(next) => model.change({ scopes: next })}
				/>
			</details>
		</>
	);
}

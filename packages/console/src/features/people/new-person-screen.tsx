import { Button, Select, TextField } from "@inlay/ui";
import { divisionName } from "../../session/divisions.ts";
import { needs } from "../../session/needs.ts";
import { Choices } from "../../shell/choices.tsx";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { leaveTo } from "../../shell/router.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { NewPersonModel, PersonField } from "./new-person-model.ts";
import { t } from "./strings.ts";

/** Fields of the API whose refusal stands beside the form's own. */
const fieldsOfApi = ["name", "email", "username", "password"] as const;

/** A user to add. */
export function NewPersonScreen({ model }: { model: NewPersonModel }) {
	useUnsaved(() => model.edited);
	const lack = useLack(needs.addPerson);
	const form = model.form.value;
	const refused = model.saving.error.value;
	const wrong = (field: PersonField, text: string) =>
		model.tried.value && model.problems.value.has(field) ? text : undefined;
	const send = async () => {
		const id = await model.save();
		if (!id) return document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
		leaveTo({ screen: "person", id });
		tell(t("personAdded", { name: form.name.trim() }));
	};
	return (
		<Screen title={t("addPerson")} back={{ to: { screen: "people" }, text: t("allPeople") }}>
			{lack ? (
				<Lack lack={lack} what="Adding" />
			) : (
				<Load from={model.roles}>
					{(roles) => (
						<Section title={t("addPerson")}>
							<Form onSend={() => void send()}>
								<TextField
									label={t("name")}
									value={form.name}
									required
									error={wrong("name", t("nameProblem")) ?? refusedFor(refused, "name")}
									onInput={(name) => model.change({ name })}
								/>
								<TextField
									label={t("email")}
									hint={t("emailHint")}
									type="email"
									value={form.email}
									required
									error={wrong("email", t("emailProblem")) ?? refusedFor(refused, "email", "username")}
									onInput={(email) => model.change({ email })}
								/>
								<TextField
									label={t("password")}
									hint={t("passwordHint")}
									type="password"
									autoComplete="new-password"
									value={form.password}
									required
									error={wrong("password", t("passwordProblem")) ?? refusedFor(refused, "password")}
									onInput={(password) => model.change({ password })}
								/>
								<Place model={model} />
								<Choices
									legend={t("roles")}
									hint={t("newRolesHint")}
									columns
									choices={model.givable(roles).map((role) => ({ id: role.id, text: role.name }))}
									chosen={form.roleIds}
									onChange={(roleIds) => model.change({ roleIds })}
								/>
								<Failure error={failureBeside(refused, ...fieldsOfApi)} />
								<div class="form-actions">
									<Button kind="primary" type="submit" busy={model.saving.busy.value}>
										{t("addPerson")}
									</Button>
								</div>
							</Form>
						</Section>
					)}
				</Load>
			)}
		</Screen>
	);
}

function Place({ model }: { model: NewPersonModel }) {
	const places = model.places();
	if (places.length < 2) return null;
	return (
		<Select
			label={t("inWhichDivision")}
			value={model.form.value.divisionId}
			options={places.map((id) => ({ value: id, text: divisionName(id) }))}
			onChange={(divisionId) => model.change({ divisionId, roleIds: [] })}
		/>
	);
}

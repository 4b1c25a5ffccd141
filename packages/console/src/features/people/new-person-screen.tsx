import { Button, TextField } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { goTo } from "../../shell/router.ts";
import type { NewPersonModel, PersonField } from "./new-person-model.ts";
import { t } from "./strings.ts";

/** A user to add. */
export function NewPersonScreen({ model }: { model: NewPersonModel }) {
	const form = model.form.value;
	const wrong = (field: PersonField, text: string) =>
		model.tried.value && model.problems.value.has(field) ? text : undefined;
	const send = async () => {
		const id = await model.save();
		if (!id) return;
		goTo({ screen: "person", id });
		tell(t("personAdded", { name: form.name.trim() }));
	};
	return (
		<Screen title={t("addPerson")} back={{ to: { screen: "people" }, text: t("allPeople") }}>
			<Load from={model.roles}>
				{(roles) => (
					<Section title={t("addPerson")}>
						<Form onSend={() => void send()}>
							<TextField
								label={t("name")}
								value={form.name}
								required
								error={wrong("name", t("nameProblem"))}
								onInput={(name) => model.change({ name })}
							/>
							<TextField
								label={t("email")}
								hint={t("emailHint")}
								type="email"
								value={form.email}
								required
								error={wrong("email", t("emailProblem"))}
								onInput={(email) => model.change({ email })}
							/>
							<TextField
								label={t("password")}
								hint={t("passwordHint")}
								type="password"
								autoComplete="new-password"
								value={form.password}
								required
								error={wrong("password", t("passwordProblem"))}
								onInput={(password) => model.change({ password })}
							/>
							<Choices
								legend={t("roles")}
								hint={t("rolesHint")}
								columns
								choices={roles.map((role) => ({ id: role.id, text: role.name }))}
								chosen={form.roleIds}
								onChange={(roleIds) => model.change({ roleIds })}
							/>
							<Failure error={model.saving.error.value} />
							<div class="form-actions">
								<Button kind="primary" type="submit" busy={model.saving.busy.value}>
									{t("addPerson")}
								</Button>
							</div>
						</Form>
					</Section>
				)}
			</Load>
		</Screen>
	);
}

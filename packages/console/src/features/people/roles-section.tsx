import { Button, Select } from "@inlay/ui";
import { useState } from "preact/hooks";
import { divisions } from "../../session/divisions.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { everyDivision, type HeldGrant } from "../../session/rights.ts";
import type { User } from "../../session/wire.ts";
import { SelfLoss } from "../../shell/affected.tsx";
import { lackText } from "../../shell/need-text.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Form, Load, Section } from "../../shell/parts.tsx";
import { Lack, useLack, useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import type { PersonRoles, RolesFacts } from "./person-roles.ts";
import { t } from "./strings.ts";

interface Props {
	model: PersonRoles;
	/** The user or group that holds them. */
	holder: Pick<User, "name" | "division">;
	/** What roles are for here. */
	hint?: string;
}

/** The roles of one user or group and the divisions in which they hold. */
export function RolesSection({ model, holder, hint = t("rolesHint") }: Props) {
	const lack = useLack(inDivision(needs.viewGrants, holder.division?.id));
	return (
		<Section title={t("roles")} hint={hint}>
			<Lack lack={lack} what="Seeing" />
			{!lack && (
				<Load from={model.facts}>
					{(facts) => (
						<>
							<Held model={model} holder={holder} facts={facts} />
							<Give model={model} holder={holder} facts={facts} />
						</>
					)}
				</Load>
			)}
		</Section>
	);
}

function Held({ model, holder, facts: { own, fromGroups } }: Props & { facts: RolesFacts }) {
	const [asking, setAsking] = useState<HeldGrant | undefined>(undefined);
	const ask = (grant: HeldGrant) => {
		setAsking(grant);
		void model.look(grant);
	};
	if (own.length + fromGroups.length === 0) return <p class="ui-muted">{t("noRole")}</p>;
	const role = asking?.role.name ?? "";
	return (
		<>
			<ul class="rows">
				{own.map((grant) => (
					<Row key={`${grant.role.id} ${grant.division.id}`} model={model} grant={grant} onTake={ask} />
				))}
				{fromGroups.map((grant) => (
					<li key={`${grant.subjectId} ${grant.role.id} ${grant.division.id}`}>
						<Named grant={grant} />
						<a href={hrefOf({ screen: "group", id: grant.subjectId })}>{t("fromGroup")}</a>
					</li>
				))}
			</ul>
			{asking && (
				<Confirm
					title={t("takeRoleTitle", { role, name: holder.name })}
					text={t("takeRoleText", { role, name: holder.name, place: placeOf(asking) })}
					action={t("takeRole")}
					task={model.taking}
					refused={model.isLast.value ? shared("lastAdministrator") : undefined}
					onClose={() => setAsking(undefined)}
					onConfirm={async () => {
						if (!(await model.take(asking))) return;
						setAsking(undefined);
						tell(t("roleTaken", { role, name: holder.name }));
					}}
				>
					<SelfLoss duties={model.losses(asking)} />
				</Confirm>
			)}
		</>
	);
}

function Row({ model, grant, onTake }: { model: PersonRoles; grant: HeldGrant; onTake: (grant: HeldGrant) => void }) {
	const lack = model.lackToTake(grant);
	return (
		<li>
			<Named grant={grant} />
			{lack ? (
				<span class="ui-muted row-why">{lackText(lack)}</span>
			) : (
				<Button
					size="small"
					aria-label={t("takeRoleNamed", { role: grant.role.name ?? "", place: placeOf(grant) })}
					onClick={() => onTake(grant)}
				>
					{t("takeRole")}
				</Button>
			)}
		</li>
	);
}

function Named({ grant }: { grant: HeldGrant }) {
	const mayOpen = useRights().may(needs.viewRoles);
	const name = grant.role.name ?? grant.role.id;
	return (
		<div class="row-main">
			{mayOpen ? <a href={hrefOf({ screen: "role", id: grant.role.id })}>{name}</a> : <strong>{name}</strong>}
			<span class="ui-muted">{placeOf(grant)}</span>
		</div>
	);
}

function placeOf({ division }: HeldGrant): string {
	return division.id === everyDivision ? shared("inEveryDivision") : shared("inDivision", { name: division.name });
}

/** One more role, in a division where one may give it. */
function Give({ model, holder, facts: { roles } }: Props & { facts: RolesFacts }) {
	const rights = useRights();
	const places = placesToGive(rights.may.bind(rights), holder.division?.id);
	const [place, setPlace] = useState(places[0] ?? "");
	const [roleId, setRoleId] = useState("");
	if (places.length === 0) return <Lack lack={needs.giveRole} />;
	if (roles.length === 0) return <Lack lack={needs.viewRoles} />;
	const role = roles.find((one) => one.id === roleId);
	const beyond = roles.filter((one) => !model.mayGive(one, place));
	const send = async () => {
		if (!role || !(await model.give(role.id, place))) return;
		setRoleId("");
		tell(t("roleGiven", { role: role.name, name: holder.name }));
	};
	return (
		<Form onSend={() => void send()}>
			<div class="fields-columns">
				<Select
					label={t("roleToGive")}
					value={roleId}
					options={[
						{ value: "", text: t("chooseRole") },
						...roles.map((one) => ({ value: one.id, text: one.name, disabled: beyond.includes(one) })),
					]}
					onChange={setRoleId}
				/>
				<Select
					label={t("inWhichDivision")}
					value={place}
					options={places.map((id) => ({ value: id, text: divisionText(id) }))}
					onChange={setPlace}
				/>
			</div>
			{beyond.length > 0 && <p class="ui-hint">{t("beyondYours", { count: beyond.length })}</p>}
			<Failure error={model.giving.error.value} />
			<div class="form-actions">
				<Button icon="plus" type="submit" disabled={!role} busy={model.giving.busy.value}>
					{t("giveRole")}
				</Button>
			</div>
		</Form>
	);
}

/** The divisions in which roles may be given, the person's own first. */
function placesToGive(may: (need: { permissions: readonly string[]; divisionId: string }) => boolean, own?: string) {
	const ids = [...divisions.value.map((division) => division.id), everyDivision];
	const allowed = ids.filter((id) => may({ ...needs.giveRole, divisionId: id }));
	return allowed.sort((a, b) => Number(b === own) - Number(a === own));
}

function divisionText(id: string): string {
	if (id === everyDivision) return t("everyDivision");
	return divisions.value.find((division) => division.id === id)?.name ?? id;
}

import { Checkbox } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { Lack, useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import type { PersonFacts, PersonModel } from "./person-model.ts";
import { t } from "./strings.ts";

/** The groups that one user is in. */
export function GroupsSection({ model, facts: { user, groups } }: { model: PersonModel; facts: PersonFacts }) {
	const rights = useRights();
	const own = new Set(model.groupIds.value);
	const offered = groups.filter((group) => model.mayJoin(group));
	const others = groups.filter((group) => !offered.includes(group) && own.has(group.id));
	return (
		<Section title={t("memberOf")}>
			{groups.length > 0 && offered.length === 0 && <Lack lack={rights.lack(needs.editGroup)} what="Changing" />}
			<Failure error={model.joining.error.value} />
			{groups.length === 0 && (
				<p>
					{t("groupsEmptyTitle")}. <a href={hrefOf({ screen: "groups" })}>{t("addGroup")}</a>
				</p>
			)}
			<ul class="ui-stack">
				{offered.map((group) => (
					<li key={group.id}>
						<Checkbox
							label={group.name}
							checked={own.has(group.id)}
							onChange={async (member) => {
								if (!(await model.setMember(group.id, member))) return;
								tell(t(member ? "joined" : "left", { name: user.name, group: group.name }));
							}}
						/>
					</li>
				))}
				{others.map((group) => (
					<li key={group.id}>{group.name}</li>
				))}
			</ul>
		</Section>
	);
}

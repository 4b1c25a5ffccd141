interface Held {
	roleId: string;
	divisionId: string;
}

interface Role {
	id: string;
	name: string;
	permissions: readonly string[];
}

/** Roles and Anna's grants, in memory: an agent with four permissions, and somebody who may everything that an agent may. */
export function demoOrganization(grants: Held[] = [{ roleId: "agent", divisionId: "*" }]) {
	const permissions = ["conversation:callback:create", "routing:queue:join", "routing:agent:onqueue", "x:y:z"];
	const roles: Role[] = [
		{ id: "agent", name: "agent", permissions },
		{ id: "boss", name: "boss", permissions },
	];
	const named = (name: string) => roles.find((one) => one.name === name);
	const permissionStrings = (held: readonly Role[]) => held.flatMap((one) => one.permissions);
	const isSame = (one: Held, other: Held) => one.roleId === other.roleId && one.divisionId === other.divisionId;
	return {
		grants,
		held: () => permissionStrings(roles.filter(({ id }) => grants.some((one) => one.roleId === id))),
		authorization: {
			roles: { named: async (name: string) => named(name), list: async () => roles },
			grants: {
				own: async () => [...grants],
				async revoke(_by: string, grant: Held) {
					const at = grants.findIndex((one) => isSame(one, grant));
					if (at < 0) throw new Error("No such grant.");
					grants.splice(at, 1);
				},
			},
			defaultRole: async (id: string) => roles.find((one) => one.id === id) as Role,
			async seedRole({ name, permissions: wanted }: Omit<Role, "id">) {
				const known = named(name) ?? { id: name, name, permissions: [] };
				known.permissions = wanted;
				if (!roles.includes(known)) roles.push(known);
				return known;
			},
			async grant(_subject: string, roleId: string, divisionId: string) {
				if (!grants.some((one) => isSame(one, { roleId, divisionId }))) grants.push({ roleId, divisionId });
			},
			permissionStrings,
		},
	};
}

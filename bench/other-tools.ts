/** What other tools take for the same organizations; fixed figures, measured once and not by this benchmark. */
export const otherTools = `## Other tools

The same sizes, counted by a proxy in front of moto 5.2.1, where assignments complete at once. These are single runs on 2 cores, so the calls are exact and the seconds are not. They are not measured by \`npm run bench\`.

| | S | M | L |
| --- | ---: | ---: | ---: |
| Terraform 1.11.4, AWS provider 5.100.0: plan without a change, calls (of them to sso-admin) | 130 (61) | 580 (261) | 2,405 (1,161) |
| the same, seconds without latency / with 50 ms | 13 / 13 | 22 / 28 | 52 / 60 |
| first apply, calls / seconds | 355 / 68 | 1,615 / 252 | 6,966 / 1,415 |
| aws-sso-util: assignments alone, calls | 41 | 209 | 959 |
| IAMbic, read in its code: no users, groups or memberships, calls | 58 | 247 | 1,015 |

S has 5 accounts, 20 users, 5 groups, 40 memberships, 5 permission sets and 40 assignments; M 20, 100, 15, 200, 15 and 200; L 50, 400, 40, 800, 40 and 1,000. Of six changes made outside the tool (an added assignment, permission set, attached policy and membership, a removed assignment, an edited inline policy), Terraform sees the last two: it does not read what it did not create. A plan of idc shows all six.
`;

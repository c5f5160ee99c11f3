/** What counts as a whole comparison of a secret, and as its name in the query of an address. */
import { comparisonsIn, isWhole } from '../../server/src/protection/comparisons';
import { isNamedIn } from '../../server/src/protection/named-in-query';

test.each([
  ['a'],
  [null],
  [['a', 'b']],
  [{ $eq: 'a' }],
  [{ $in: ['a'] }],
  [{ $ne: null }],
  [{ $null: true }],
  [{ $notNull: 'true' }],
])('whole: %j', (wanted) => expect(isWhole(wanted)).toBe(true));

test.each([
  [{ $startsWith: 'a' }],
  [{ $contains: 'a' }],
  [{ $gt: 'a' }],
  [{ $between: ['a', 'b'] }],
  [{ $not: { $startsWith: 'a' } }],
  [{ $eq: { $startsWith: 'a' } }],
  [{ $eq: 'a', $lt: 'b' }],
  [{ $null: 'a' }],
  [[{ $startsWith: 'a' }]],
])('not whole: %j', (wanted) => expect(isWhole(wanted)).toBe(false));

test('every comparison is found, however deep', () => {
  const where = [{ a: 1 }, { $and: [{ $or: [{ 't0.b': { $eq: 2 } }] }, { $not: { c: 3 } }] }];
  expect(comparisonsIn(where)).toEqual([
    ['a', 1],
    ['t0.b', { $eq: 2 }],
    ['c', 3],
  ]);
});

const SECRET = new Set(['password', 'resetpasswordtoken', 'reset_password_token']);
test.each([
  [{ where: { password: 'a' } }],
  [{ filters: { $and: [{ createdBy: { resetPasswordToken: { $eq: 'a' } } }] } }],
  [{ sort: 'createdBy.password:asc' }],
  [{ sort: ['name', 'Password:desc'] }],
  [{ fields: ['id', 'reset_password_token'] }],
  [{ populate: 'owner.password' }],
  [{ where: { 't0.Password ': 'a' } }],
  [{ any: { sort: 'password' } }],
])('named: %j', (query) => expect(isNamedIn(query, SECRET)).toBe(true));

test.each([
  [{ resetPasswordToken: 'a' }],
  [{ password: 'a', filters: { email: 'password' } }],
  [{ _q: 'password' }],
  [{ sort: 'passwordless:asc' }],
  [undefined],
  [{}],
])('not named: %j', (query) => expect(isNamedIn(query, SECRET)).toBe(false));

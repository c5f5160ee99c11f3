// A developer's own protection: the account number is not kept. It holds as long as lifecycles run.
const hide = ({ params }) => {
  if (params.data.iban) params.data.iban = 'not kept';
};

module.exports = { beforeCreate: hide, beforeUpdate: hide };

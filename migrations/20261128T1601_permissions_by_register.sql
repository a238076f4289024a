-- What a role may with a register is looked up by role and register: a page asked for all that a role may anywhere.
CREATE TABLE role_permission_wide (
    role TEXT NOT NULL,
    permission TEXT NOT NULL,                       -- 'plan.read', 'record.visitor_book.read'
    below BIGINT NOT NULL,                          -- 1 = also in all lower units
    register TEXT NOT NULL DEFAULT '',              -- that the permission is of; '' = of the roles file
    PRIMARY KEY (role, permission),
    CHECK ((register = '') = (substr(permission, 1, 7) <> 'record.'))
);
INSERT INTO role_permission_wide (role, permission, below, register)
SELECT role, permission, below, register FROM (
    SELECT p.role AS role, p.permission AS permission, p.below AS below,
           CASE WHEN substr(p.permission, 1, 7) = 'record.'
                THEN (SELECT max(d.register) FROM register_definition d WHERE substr(p.permission, 1, length(d.register) + 8) = 'record.' || d.register || '.')
                ELSE '' END AS register
      FROM role_permission p) known
 WHERE register IS NOT NULL;
DROP TABLE role_permission;
ALTER TABLE role_permission_wide RENAME TO role_permission;
CREATE INDEX role_permission_by_permission ON role_permission (permission, role, below);
CREATE INDEX role_permission_by_register ON role_permission (role, register, permission, below);

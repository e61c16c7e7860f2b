import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_site_logo")]

    operations = [migrations.RenameModel("SiteLogo", "SitePicture")]
